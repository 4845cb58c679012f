"""A happening across reports as its page shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ondit.model import (
    Attestation,
    Copy,
    Event,
    FieldAccount,
    FieldStatus,
    Interest,
    Reading,
    Report,
    Span,
    Stance,
)
from ondit.present.account import STATUS_SIGNS
from ondit.present.fields import headline
from ondit.present.html.marking import mark_text
from ondit.web.views.claims import ClaimCard
from ondit.web.views.digest import aggregate_words, field_words, value_words
from ondit.web.words import Words

_AROUND = 160  # characters of its paragraph that a passage shows before and after a claim
_MOST_VOICES = 12


@dataclass(frozen=True, slots=True)
class Said:
    """A voice behind a value, with the reports that carry it. `interest` is an id, "" for somebody without a part in it."""

    voice: str
    stance: str
    interest: str
    outlets: tuple[tuple[str, str, str], ...]  # report id, outlet, claim id


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a field, who holds it, and who denies or doubts it."""

    value: str
    supporters: tuple[Said, ...]
    dissenters: tuple[Said, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a happening; `name` is that of the field in words."""

    name: str
    status: str
    sign: str
    sentence: str
    values: tuple[ValueView, ...]
    aggregates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """What one report says of it: its claims and the stretches of its text that hold them."""

    report: Report
    title: str
    copies: tuple[Copy, ...]
    cards: tuple[ClaimCard, ...]
    stretches: tuple[Markup, ...]


def field_views(event: Event, words: Words) -> list[FieldView]:
    """The fields: what is contested first, as told by weighing."""
    ranks = {FieldStatus.CONTESTED: 0, FieldStatus.UPDATED: 1, FieldStatus.AGREED: 2, FieldStatus.SINGLE: 3}
    return [_field(account, words) for account in sorted(event.fields, key=lambda f: ranks[f.status])]


def _field(account: FieldAccount, words: Words) -> FieldView:
    several = account.aggregates if len(account.values) > 1 else ()
    rules = tuple((a.rule, aggregate_words(account.field, a, words)) for a in several)
    values = tuple(
        ValueView(
            value_words(account.field, value, words),
            tuple(_said(value.supporters))[:_MOST_VOICES],
            tuple(_said(value.dissenters)),
            max(0, len(tuple(_said(value.supporters))) - _MOST_VOICES),
        )
        for value in account.values
    )
    name = field_words(account.field, words)
    return FieldView(name, account.status.value, STATUS_SIGNS[account.status], account.sentence, values, rules)


def _said(attestations: Iterable[Attestation]) -> Iterator[Said]:
    """Voices, each once for each stance, with the reports that carry them."""
    found: dict[tuple[str, Stance, Interest], dict[str, tuple[str, str, str]]] = {}
    for a in attestations:
        carriers = found.setdefault((a.voice, a.stance, a.interest), {})
        carriers.setdefault(a.report_id, (a.report_id, a.outlet if a.outlet != a.voice else "", a.claim_id))
    for (voice, stance, interest), carriers in found.items():
        shown = "" if interest is Interest.OUTSIDE else interest.value
        yield Said(voice, stance.value, shown, tuple(carriers.values()))


def passages(event: Event, readings: Sequence[Reading], cards: Mapping[str, ClaimCard]) -> list[PassageView]:
    """Report by report, in the order of publication."""
    wanted = set(event.claims)
    views = []
    for reading in sorted(readings, key=lambda r: (str(r.report.published.day or "~"), r.report.id)):
        claims = tuple(claim for claim in reading.claims if claim.id in wanted)
        events = tuple(e for e in reading.events if e.id in {claim.event for claim in claims})
        own = replace(reading, claims=claims, events=events)
        views.append(
            PassageView(
                reading.report,
                headline(reading.report),
                tuple(c for c in event.copies if c.report == reading.report.id),
                tuple(cards[claim.id] for claim in claims if claim.id in cards),
                tuple(
                    Markup(mark_text(own, window=window, label=None))  # noqa: S704 - everything in it is escaped
                    for window in _stretches(reading.report.text, [claim.content for claim in claims])
                ),
            )
        )
    return views


def _stretches(text: str, contents: Iterable[Span]) -> list[Span]:
    """The stretches of the text around some contents, those that touch joined."""
    found: list[Span] = []
    for content in sorted(contents):
        stretch = around(text, content)
        if found and stretch.start <= found[-1].stop:
            found[-1] = found[-1].cover(stretch)
        else:
            found.append(stretch)
    return found


def around(text: str, content: Span, reach: int = _AROUND) -> Span:
    """A content with a little of its paragraph before and after, cut between words."""
    start = max(text.rfind("\n", 0, content.start) + 1, content.start - reach)
    end = text.find("\n", content.stop)
    stop = min(len(text) if end < 0 else end, content.stop + reach)
    if start and not text[start - 1].isspace():
        start = next((i for i in range(start, content.start) if text[i - 1].isspace()), content.start)
    if stop < len(text) and not text[stop].isspace():
        stop = next((i for i in range(stop, content.stop, -1) if text[i].isspace()), content.stop)
    return Span(start, stop)
