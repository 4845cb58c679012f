"""What a settlement was made with, and why it is out of date."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ondit import pipeline
from ondit.decide import decide_sources
from ondit.gather.decisions import standing
from ondit.model import Decision, Source
from ondit.settings import Settings
from ondit.stores import Store
from ondit.version import __version__


@dataclass(frozen=True, slots=True)
class Mark:
    """Short hashes of what settling depends on besides what reports tell: the rules, the registry, the merges and splits that hold."""

    rules: str
    sources: str = ""
    decided: str = ""

    @classmethod
    def of(cls, sources: Mapping[str, Source], decisions: Sequence[Decision]) -> "Mark":
        """What settling would depend on now."""
        known = "\n".join(repr(sources[id_]) for id_ in sorted(sources))
        return cls(_rules(), _hash(known), _hash("\n".join(d.id for d in standing(decisions))))

    @classmethod
    def read(cls, text: str) -> "Mark":
        """The mark of a settlement; of one that an older ondit made only that it is another."""
        parts = text.split(" ")
        return cls(*parts) if len(parts) == len(cls.__dataclass_fields__) else cls(text)

    def __str__(self) -> str:
        return f"{self.rules} {self.sources} {self.decided}"


def sources_of(store: Store, settings: Settings) -> dict[str, Source]:
    """The registry by id, with what analysts decided about its entries."""
    registry = pipeline.name_resolver(settings.sources).registry
    return {source.id: source for source in decide_sources(registry.values(), store.decisions())}


def why_outdated(store: Store, settings: Settings) -> list[str]:
    """What has changed since the ledger was settled, a phrase each; nothing when it is up to date."""
    last = store.settlement()
    if last is None:
        return ["nothing was settled yet"]
    then, now = Mark.read(last.mark), Mark.of(sources_of(store, settings), store.decisions())
    return [*_changes(store, last.revision), *_marks(then, now)]


def _changes(store: Store, since: int) -> Iterator[str]:
    changed = store.told(since)
    if changed:
        noted = store.recall("tellings", list(changed))
        new, known = len(changed) - len(noted), len(noted)
        if new:
            yield f"{new} new report{'' if new == 1 else 's'}"
        if known:
            yield f"{known} report{' was' if known == 1 else 's were'} read or decided otherwise"


def _marks(then: Mark, now: Mark) -> Iterator[str]:
    if then.rules != now.rules:
        yield "settled by other rules than those of this ondit"
    elif then.sources != now.sources:
        yield "sources have other letters, camps, owners or names"
    if then.rules == now.rules and then.decided != now.decided:
        yield "happenings were merged or split, or that was undone"


@cache
def _rules() -> str:
    """The version and the files that gather and weigh: notes that other rules made are of no use."""
    texts = (text for stage in ("gather", "weigh") for text in _texts(files("ondit") / stage))
    return _hash("\n".join((__version__, *texts)))


def _texts(folder: Traversable) -> Iterator[str]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _texts(item)
        elif item.name.endswith((".py", ".toml")):
            yield item.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
