"""A page of happenings: map, timeline, and for each what is agreed, what is contested and by whom, with the words of every claim."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ondit.model import Attestation, Claim, Event, FieldAccount, FieldValue, Report, Stance
from ondit.ontology.admiralty import CREDIBILITY
from ondit.present.account import STATUS_SIGNS, event_title, field_name, grade_text
from ondit.present.fields import OWN_VOICE, THROUGH, chain_names, headline, plural, published_text
from ondit.present.html.cards import stance_badge
from ondit.present.html.map import Pin, draw
from ondit.present.html.markup import join, own_direction, shorten, tag, text
from ondit.present.html.page import document
from ondit.present.html.timeline import Moment, draw_timeline

if TYPE_CHECKING:
    from ondit.present.formats.dossier import Dossier, Told

_QUOTE = 600
_MOST_PINS = 150
_MOST_VOICES = 8


def render_dossier(dossier: "Dossier", *, engine: str, notes: Sequence[str] = ()) -> str:
    """A self-contained page; `notes` are paragraphs about how it was made."""
    title = plural(len(dossier.events), "event")
    body = (
        tag("a", "Skip to the events", href="#events", class_="skip"),
        _header(dossier, title),
        tag(
            "main",
            _overview(dossier),
            tag("section", tag("h2", "Events"), *_events(dossier), id="events"),
            _reports(dossier),
        ),
        tag("footer", *(tag("p", text(note)) for note in (f"Written by {engine}.", *notes))),
    )
    return document(title, *body, style="dossier.css")


def _header(dossier: "Dossier", title: str) -> str:
    reports = {r for e in dossier.events for r in e.reports}
    contested = sum(any(f.status == "contested" for f in e.fields) for e in dossier.events)
    figures = (
        plural(len(reports), "report"),
        plural(sum(len(e.claims) for e in dossier.events), "claim"),
        f"{contested} contested",
        f"{sum(len(e.reports) > 1 for e in dossier.events)} told by more than one",
    )
    items = []
    for figure in figures:
        count, _, what = figure.partition(" ")
        items.append(tag("li", tag("b", text(count)), " ", text(what)))
    chosen = ", ".join(f"{name}: {value}" for name, value in dossier.filters.items())
    return tag(
        "header",
        tag("p", tag("span", "ondit", class_="brand"), " what is said, and by whom", class_="kicker"),
        tag("h1", text(title)),
        tag("p", text(f"Chosen by {chosen}" if chosen else "All events of the ledger"), class_="source"),
        tag("ul", *items, class_="figures"),
        class_="top",
    )


def _overview(dossier: "Dossier") -> str:
    pins: dict[tuple[object, ...], Pin] = {}
    for number, event in enumerate(dossier.events, 1):
        place = event.place
        if place is not None and place.lat is not None and place.lon is not None:
            pins.setdefault((place.lat, place.lon), Pin(place, noun="event", anchor="e")).claims.append(number)
    ranked = sorted(pins.values(), key=lambda pin: (-len(pin.claims), pin.claims))
    where = draw(ranked[:_MOST_PINS]) if ranked else tag("p", "No event has a place.", class_="note")
    moments = [
        Moment(event_title(e), f"#e{n}", e.interval.earliest, e.interval.latest)
        for n, e in enumerate(dossier.events, 1)
        if e.interval is not None
    ]
    when = draw_timeline(moments) or tag("p", "No event has a day.", class_="note")
    return join(
        (tag("section", tag("h2", "When"), when, id="when"), tag("section", tag("h2", "Where"), where, id="where"))
    )


def _events(dossier: "Dossier") -> Iterator[str]:
    for number, event in enumerate(dossier.events, 1):
        yield _event(number, event, list(dossier.told(event)))


def _event(number: int, event: Event, told: "Sequence[Told]") -> str:
    grade = (
        tag("span", text(grade_text(event)), class_="grade", title=CREDIBILITY[event.grade.credibility])
        if event.grade
        else ""
    )
    sums = f"{plural(len(event.reports), 'report')}, {plural(len(event.claims), 'claim')}"
    head = tag("header", own_direction(event_title(event), "h3"), grade, tag("small", text(f"{sums} · {event.id}")))
    parts = [head]
    if event.grade and event.grade.paragraph:
        parts.append(tag("p", text(event.grade.paragraph)))
    if event.fields:
        rows = [_account(account) for account in event.fields]
        parts.append(tag("div", tag("table", tag("tbody", *rows), class_="account"), class_="wide"))
    if event.independence and event.independence.derivation:
        parts += [tag("h4", "Independence"), own_direction(event.independence.derivation, "p")]
    quotes = [_quote(one.report, claim) for one in told for claim in one.claims]
    parts.append(
        tag("details", tag("summary", text(plural(len(quotes), "claim"))), tag("ul", *quotes, class_="quotes"))
    )
    return tag("article", *parts, class_="happening", id=f"e{number}")


def _account(account: FieldAccount) -> str:
    sign = tag("span", text(STATUS_SIGNS[account.status]), aria_hidden="true")
    status = tag("span", sign, text(account.status.value), class_=f"status f-{account.status.value}")
    values = tag("ul", *(_value(value) for value in account.values), class_="values")
    rules = {a.rule: a.value for a in account.aggregates} if len(account.values) > 1 else {}
    note = tag("small", text(" · ".join(f"{rule}: {value}" for rule, value in rules.items()))) if rules else ""
    return tag("tr", tag("td", text(field_name(account.field))), tag("td", status), tag("td", values, note))


def _value(value: FieldValue) -> str:
    against: list[str] = []
    for stance, words in ((Stance.DENIES, "denied by"), (Stance.DISTANCES, "doubted by")):
        voices = _voices(a for a in value.dissenters if a.stance is stance)
        if voices:
            against.append(tag("span", text(f"{words} "), own_direction(voices), class_="against"))
    who = tag("span", own_direction(_voices(value.supporters) or "nobody"), class_="who")
    return tag("li", join((own_direction(value.value, "b"), who, *against), " – "))


def _voices(attestations: Iterable[Attestation]) -> str:
    named: Mapping[str, None] = dict.fromkeys(
        f"{a.voice or OWN_VOICE} ({a.outlet})" if a.outlet and a.outlet != a.voice else a.voice or OWN_VOICE
        for a in attestations
    )
    names = list(named)
    rest = len(names) - _MOST_VOICES
    return ", ".join(names[:_MOST_VOICES]) + (f" and {rest} more" if rest > 0 else "")


def _quote(report: Report, claim: Claim) -> str:
    through = tag("span", text(THROUGH), class_="through")
    voices = through.join(own_direction(name, "b") for name in chain_names(report, claim))
    where = join((own_direction(report.publisher or headline(report)), text(str(report.published.day or ""))), ", ")
    at = f"characters {claim.content.start}–{claim.content.stop} of {report.id}"
    words = own_direction(shorten(claim.content.of(report.text), _QUOTE), "q")
    return tag("li", stance_badge(claim), " ", voices, " ", tag("small", where, text(f" · {at}")), words)


def _reports(dossier: "Dossier") -> str:
    ids = sorted({r for e in dossier.events for r in e.reports if r in dossier.readings})
    rows = []
    for id_ in ids:
        report = dossier.readings[id_].report
        copy = dossier.copy_of(id_)
        about = f"{copy.kind.value} copy of {copy.original}" if copy else ""
        cells = (
            own_direction(headline(report)),
            own_direction(report.publisher),
            text(published_text(report.published)),
            text(report.language),
            text(about),
            tag("code", text(id_)),
        )
        rows.append(tag("tr", *(tag("td", cell) for cell in cells)))
    heads = ("Report", "Publisher", "Published", "Language", "Copy", "Id")
    head = tag("thead", tag("tr", *(tag("th", h, scope="col") for h in heads)))
    return tag(
        "section",
        tag("h2", "Reports"),
        tag("div", tag("table", head, tag("tbody", *rows)), class_="wide"),
        id="reports",
    )
