"""What the reports say of a happening in a few lines, in the language of the interface; and what its values are called there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ondit.model import Aggregate, Attestation, Event, FieldAccount, FieldStatus, FieldValue, Stance
from ondit.ontology import event_types
from ondit.present.fields import number
from ondit.web.words import Words

_MOST = 4
_NAMES = 6
_LINES = (FieldStatus.AGREED, FieldStatus.SINGLE, FieldStatus.UPDATED, FieldStatus.CONTESTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its label, and what is listed after it, each with its values; `kind` is a status or ""."""

    label: str
    items: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: str = ""


def digest(event: Event, words: Words) -> list[Line]:
    """The lines: who tells it, what is agreed, changed and contested, who denies it, and what its grade rests on."""
    return [*_told(event, words), *_fields(event, words), *_against(event, words), *_graded(event, words)]


def _told(event: Event, words: Words) -> Iterator[Line]:
    if event.independence is None:
        return
    sums = {
        "reports": event.independence.reports,
        "outlets": event.independence.outlets,
        "origins": len(event.independence.origins),
    }
    counted = {name: f"{number(n)} {words.count(f'event.{name}', n)}" for name, n in sums.items()}
    yield Line(words("digest.told", **counted))


def _fields(event: Event, words: Words) -> Iterator[Line]:
    for status in _LINES:
        items = tuple(
            (field_words(account.field, words), _values(account, words))
            for account in event.fields
            if account.status is status and account.field != "happened"
        )
        if items:
            yield Line(words(f"digest.{status}"), items, status.value)


def _values(account: FieldAccount, words: Words) -> tuple[str, ...]:
    shown = [value_words(account.field, value, words) for value in account.values[:_MOST] if value.supporters]
    return (*shown, *("…" for _ in account.values[_MOST : _MOST + 1]))


def _against(event: Event, words: Words) -> Iterator[Line]:
    against = [a for f in event.fields if f.field == "happened" for v in f.values for a in v.dissenters]
    for stance, key in ((Stance.DENIES, "denied"), (Stance.DISTANCES, "doubted")):
        names = _names([a for a in against if a.stance is stance], words)
        if names:
            yield Line(words(f"digest.{key}", names=names), kind=FieldStatus.CONTESTED.value)


def _names(found: Sequence[Attestation], words: Words) -> str:
    names = list(dict.fromkeys(a.voice or words("claim.own_voice") for a in found))
    more = [words("event.more", n=number(len(names) - _NAMES))] if len(names) > _NAMES else []
    return ("، " if words.direction == "rtl" else ", ").join((*names[:_NAMES], *more))


def _graded(event: Event, words: Words) -> Iterator[Line]:
    if event.grade is None:
        return
    credibility = event.grade.credibility
    yield Line(words("digest.grade", n=credibility, meaning=words.of("credibility", credibility)))
    for key, sign in (("for", 1), ("against", -1)):
        found = dict.fromkeys(f.name for f in event.grade.findings if f.weight * sign > 0)
        if found:
            yield Line(words(f"digest.speaks_{key}"), tuple((words.of("finding", name), ()) for name in found))


def field_words(field: str, words: Words) -> str:
    """A field of an account in words, with the side it is about."""
    name, _, side = field.partition("_")
    told = words.of("field", name)
    return f"{told} ({words('event.of_perpetrators') if side == 'perpetrators' else side})" if side else told


def value_words(field: str, value: FieldValue, words: Words) -> str:
    """A value in words: figures and kinds of happenings in those of the interface, all else as reports have it."""
    return _words(field, value.value, value.low, value.high, words)


def aggregate_words(field: str, made: Aggregate, words: Words) -> str:
    """What a rule makes of values, in the same words."""
    low, high = (made.low, made.high) if made.best is None else (made.best, made.best)
    return _words(field, made.value, low, high, words)


def _words(field: str, value: str, low: int | None, high: int | None, words: Words) -> str:
    if field == "happened":
        return words.of("value", value)
    if field == "type" and value.replace(" ", "_") in event_types():
        return words.of("type", value.replace(" ", "_"))
    return range_words(low, high, words) or value


def range_words(low: int | None, high: int | None, words: Words) -> str:
    """A figure or range in words, "" when nothing is known of it."""
    if low is not None and high is not None:
        same = low == high
        return number(low) if same else words("value.range", low=number(low), high=number(high))
    if low is not None:
        return words("value.from", low=number(low))
    return words("value.to", high=number(high)) if high is not None else ""
