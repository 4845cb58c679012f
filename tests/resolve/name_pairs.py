"""Reads the table of name pairs and resolves each against a registry that holds its first name alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ondit.model import Source, SourceKind
from ondit.registry import Registry, bodies
from ondit.resolve.names import NameResolver, Verdict

TABLE = Path(__file__).with_name("name_pairs.tsv")


@dataclass(frozen=True)
class Pair:
    """Two names, whether they are one, and the half of the table they are in."""

    half: str
    kind: str
    listed: str
    name: str
    same: bool

    @property
    def found(self) -> Verdict:
        """What the second name is against the first alone: `entry` when taken for the same."""
        if self.kind == "body":
            answer = NameResolver(Registry({})).resolve(self.name)
            if answer.verdict is not Verdict.ENTRY or answer.source_id == self.listed:
                return answer.verdict
            return Verdict.NONE
        source = Source("the-listed", self.listed, SourceKind(self.kind), (self.listed,))
        answer = NameResolver(Registry({source.id: source})).resolve(self.name)
        return Verdict.NONE if answer.source_id not in (None, source.id) else answer.verdict


def pairs() -> Iterator[Pair]:
    """Every row of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "half\t")):
            half, kind, listed, name, verdict = line.split("\t")
            assert verdict in {"same", "other"}, line
            assert kind != "body" or listed.split(".")[1] in bodies(), line
            yield Pair(half, kind, listed, name, verdict == "same")


def figures(half: str) -> tuple[int, int, int, int]:
    """Pairs taken for the same rightly and wrongly, missed, and doubtful ("maybe") in a half of the table."""
    right = wrong = missed = doubtful = 0
    for pair in pairs():
        if pair.half == half:
            found = pair.found
            right += pair.same and found is Verdict.ENTRY
            wrong += not pair.same and found is Verdict.ENTRY
            missed += pair.same and found is not Verdict.ENTRY
            doubtful += found is Verdict.MAYBE
    return right, wrong, missed, doubtful
