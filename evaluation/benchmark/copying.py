"""Near-duplicates: ondit's own against MinHash with an LSH index (datasketch), on generated reports whose copies are known."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from evaluation.benchmark.rows import Absent, Row
from evaluation.generated.happenings import Parameters
from evaluation.generated.newsroom import Newsroom, Written
from ondit.gather.copies.finding import find, wording_of
from ondit.model import CopyKind, Reading, Report

_SHINGLE = 4  # words, as ondit's own
_ALIKE = (
    0.3  # estimated likeness from which MinHash calls a pair copies: of 0.2 to 0.6 it and 0.4 do best on these reports
)
_PERMUTATIONS = 128
_WORD = re.compile(r"\w+")
_SAME_WORDING = frozenset({CopyKind.EXACT, CopyKind.NEAR})
Pairs = set[tuple[str, str]]


def rows(*, number: int) -> Iterator[Row]:
    """Reports a second by processor time, and how right the pairs are; translations are left out, MinHash cannot find them."""
    reports = [w for w in islice(Newsroom(Parameters()).reports(), number) if w.kind != "translation"]
    origin = {w.id: w.copy_of or w.id for w in reports}
    copies = sum(bool(w.kind) for w in reports)
    start = time.process_time()
    ours = _ours(reports)
    rate = len(reports) / (time.process_time() - start)
    try:
        start = time.process_time()
        theirs = _theirs(reports)
        other = len(reports) / (time.process_time() - start)
    except Absent as why:
        yield Row(
            "near-duplicates", rate, "reports/s", note=f"{_right(ours, origin, copies)}; without datasketch: {why}"
        )
        return
    yield Row("near-duplicates", rate, "reports/s", rate / other, "datasketch", _right(ours, origin, copies))
    yield Row("… datasketch, MinHash and LSH", other, "reports/s", note=_right(theirs, origin, copies))


def _ours(reports: Sequence[Written]) -> Pairs:
    found = find(wording_of(Reading(Report(w.id, w.text, language=w.language))) for w in reports)
    return {(c.report, c.original) for c in found.copies() if c.kind in _SAME_WORDING}


def _theirs(reports: Sequence[Written]) -> Pairs:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise Absent("not installed (pip install 'ondit[benchmark]')") from error
    index = MinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS)
    prints: dict[str, MinHash] = {}
    pairs: Pairs = set()
    for report in reports:
        words = _WORD.findall(report.text.lower())
        own = MinHash(num_perm=_PERMUTATIONS)
        own.update_batch([" ".join(words[n : n + _SHINGLE]).encode() for n in range(len(words) - _SHINGLE + 1)])
        pairs.update((report.id, other) for other in index.query(own) if own.jaccard(prints[other]) >= _ALIKE)
        index.insert(report.id, own)
        prints[report.id] = own
    return pairs


def _right(pairs: Pairs, origin: Mapping[str, str], copies: int) -> str:
    right = [pair for pair in pairs if origin[pair[0]] == origin[pair[1]]]
    found = {report for pair in right for report in pair if origin[report] != report}
    precision = 100 * len(right) / len(pairs) if pairs else 0.0
    return f"of the pairs right {precision:.1f} %, of the copies found {100 * len(found) / copies:.1f} % (synthetic)"
