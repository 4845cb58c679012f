"""What is read of a report in one surface beside what is read of it in another."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import ondit
from evaluation.surface.changes import CHANGES, INSERTED, Change
from evaluation.tables import aligned
from ondit.text.folding import fold_name, fold_word
from ondit.text.surfaces import smooth

LANGUAGES = ("fr", "en", "ar")
FIELDS = ("content", "chain", "stance", "type", "places", "day", "counts", "equipment")
Told = tuple[object, ...]
_GROUPED = re.compile(r"(?<=\d)[,.\s](?=\d{3}\b)")


@dataclass(slots=True)
class Share:
    """Claims of one language read in both surfaces, and those that are not the same in both."""

    claims: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)


def _words(text: str) -> str:
    """The letters of a text, whatever its surface."""
    plain = INSERTED.sub(" ", smooth(html.unescape(text), {"ی": "ي", "ک": "ك"}).text)
    return "".join(fold_name(fold_word(_GROUPED.sub("", plain).replace("_", " "))).split())


def told_by(text: str, *, lang: str, published: str | None = None) -> list[Told]:
    """The claims of a text as their fields, in `FIELDS`' order, words without their surface."""
    reading = ondit.read(text, lang=lang, published=published)
    events = {event.id: event for event in reading.events}
    rows: list[Told] = []
    for claim in reading.claims:
        event = events.get(claim.event or "")
        places = {place.gazetteer_id for place in event.places} if event else set()
        days = [time.interval.edtf for time in event.times if time.interval] if event else []
        used = {(item.ontology_id or _words(item.text), item.use.value) for item in event.equipment} if event else set()
        rows.append(
            (
                _words(claim.content.of(text)),
                tuple(_words(voice.text) for voice in claim.chain),
                claim.stance.value,
                event and event.type,
                frozenset(places),
                days[:1],
                [(count.what, count.low, count.high) for count in claim.counts],
                frozenset(used),
            )
        )
    return rows


def differences(one: Sequence[Told], other: Sequence[Told]) -> Counter[str]:
    """For each claim that is not the same in both a count of "changed" and of the fields that differ ("lost", "new" where it has no match)."""
    left, right = list(one), list(other)
    for row in one:
        if row in right:
            left.remove(row)
            right.remove(row)
    found: Counter[str] = Counter()
    found["changed"] = max(len(left), len(right))
    for row in left:
        match = next((r for r in right if _match(row, r)), None)
        if match is None:
            found["lost"] += 1
            continue
        right.remove(match)
        found.update(name for name, a, b in zip(FIELDS, row, match, strict=True) if a != b)
    found["new"] += len(right)
    return found


def _match(one: Told, other: Told) -> bool:
    a, b = str(one[0]), str(other[0])
    return a == b or (bool(a and b) and (a in b or b in a))


def measure(rows: Sequence[dict[str, str]], change: Change, plain: dict[str, list[Told]]) -> dict[str, Share]:
    """The shares of claims that a change of surface changes, by language; `plain` is filled with what is read without it."""
    shares = {language: Share() for language in LANGUAGES}
    for row in rows:
        text, lang = row["text"], row["lang"]
        changed = change(text, lang)
        if changed == text:
            continue
        day = row.get("published") or None
        if row["id"] not in plain:
            plain[row["id"]] = told_by(text, lang=lang, published=day)
        before, after = plain[row["id"]], told_by(changed, lang=lang, published=day)
        found = differences(before, after)
        share = shares[lang]
        share.claims += max(len(before), len(after))
        share.changed += found.pop("changed")
        share.fields += found
    return shares


def run(rows: Sequence[dict[str, str]], names: Sequence[str] = ()) -> None:
    """Prints for each change and language the share of claims that are read otherwise, and in what."""
    rows = [row for row in rows if row["lang"] in LANGUAGES and row["text"].strip()]
    plain: dict[str, list[Told]] = {}
    table = [["change of surface", *LANGUAGES, "in what"]]
    for name in names or CHANGES:
        shares = measure(rows, CHANGES[name], plain)
        fields = sum((share.fields for share in shares.values()), Counter[str]())
        cells = [f"{100 * s.changed / s.claims:.1f} %" if s.claims else "" for s in shares.values()]
        table.append([name, *cells, ", ".join(f"{what} {n}" for what, n in fields.most_common(4))])
    print(aligned(table, numbers=range(1, 1 + len(LANGUAGES))))
