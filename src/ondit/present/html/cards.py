"""A card for each claim: its chain drawn as a lane, its fields, and the rule and reason that read each of them."""

from collections.abc import Iterator

from ondit.model import (
    Actor,
    Claim,
    Count,
    EquipmentMention,
    EventMention,
    Evidence,
    Place,
    Reading,
    Report,
    TimeExpression,
)
from ondit.present.fields import (
    STANCE_MEANING,
    count_text,
    event_name,
    kind_name,
    place_name,
    stance_sign,
    time_name,
    voice_name,
    where_of,
)
from ondit.present.html.markup import classes, join, own_direction, shorten, tag, text

_QUOTE = 420  # characters of content shown on a card
_CHARACTERS = 90  # characters shown of a span that a rule stands on


def render_cards(reading: Reading) -> str:
    """All cards, in text order."""
    events = {event.id: event for event in reading.events}
    cards = [
        _card(reading.report, number, claim, events.get(claim.event or ""))
        for number, claim in enumerate(reading.claims, 1)
    ]
    return tag("ol", *cards, class_="cards")


def stance_badge(claim: Claim) -> str:
    """The stance as sign and word."""
    sign = tag("span", stance_sign(claim.stance), class_="sign", aria_hidden="true")
    return tag("span", sign, text(claim.stance), class_=f"badge s-{claim.stance}", title=STANCE_MEANING[claim.stance])


def _card(report: Report, number: int, claim: Claim, event: EventMention | None) -> str:
    kind = tag("span", text(event_name(event.type)), class_="event") if event else ""
    back = tag("a", str(number), class_=f"n s-{claim.stance}", href=f"#t{number}", title="show in the text")
    head = tag("header", back, stance_badge(claim), kind)
    body = join((head, _lane(report, claim), _fields(claim, event), _evidence(report, claim)))
    return tag(
        "li", tag("article", body, id=f"c{number}", class_=f"card s-{claim.stance}", tabindex="-1", data_n=number)
    )


def _lane(report: Report, claim: Claim) -> str:
    """Who through whom: from the report over its voices to what is said."""
    publisher = own_direction(report.publisher, class_="who") + tag("small", "the report") if report.publisher else ""
    stops = [tag("li", publisher or tag("span", "this report", class_="who"), class_="own")]
    for voice in claim.chain:
        name = voice_name(report, voice)
        own = tag("small", "here: ", own_direction(voice.text, "q")) if name != voice.text else ""
        kind = tag("small", text(kind_name(voice.kind)))
        stops.append(tag("li", own_direction(name, class_="who"), kind, own, class_="voice", data_o=voice.span.start))
    cue = own_direction(shorten(claim.cue.of(report.text), _CHARACTERS), "em", class_="cue") if claim.cue else ""
    content = own_direction(shorten(claim.content.of(report.text), _QUOTE), "q", class_="said")
    stops.append(tag("li", cue, content, class_="content"))
    return tag("ol", *stops, class_="lane", aria_label="who says it through whom")


def _fields(claim: Claim, event: EventMention | None) -> str:
    rows: list[str] = []
    if event is not None:
        rows.append(_row("event", text(event_name(event.type)), event.rule, event.reason))
        rows += [_row("when", _time(t), t.rule, t.reason) for t in event.times]
        rows += [_row("where", _place(p), p.rule, p.reason) for p in where_of(event)]
    rows += [_row("count", _count(c), c.rule, c.reason) for c in claim.counts]
    if event is not None:
        rows += [_row("actor", _actor(a), a.rule, a.reason) for a in event.actors]
        rows += [_row("equipment", _equipment(e), e.rule, e.reason) for e in event.equipment]
    return tag("dl", *rows, class_="fields") if rows else ""


def _row(name: str, value: str, rule: str, reason: str) -> str:
    why = join((tag("code", text(rule)) if rule else "", text(reason)), " · ")
    return tag("div", tag("dt", name), tag("dd", value, tag("small", why, class_="why") if why else ""))


def _as_written(words: str) -> str:
    return own_direction(words, "q")


def _time(time: TimeExpression) -> str:
    known = time.interval is not None and bool(time.interval.edtf)
    edtf = tag("b", text(time_name(time))) if known else tag("b", "unresolved", class_="unknown")
    return join((edtf, _as_written(time.text)), " ")


def _place(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return join((tag("b", "unresolved", class_="unknown"), _as_written(place.text)), " ")
    within = ", ".join((*reversed(place.admin), place.country)) if place.admin or place.country else ""
    radius = f"± {place.radius_km:.0f} km" if place.radius_km is not None else ""
    other = next((c for c in place.candidates if c.gazetteer_id != place.gazetteer_id), None)
    runner_up = f"not {other.name} ({other.country})" if other else ""
    about = join((text(within), text(f"{place.lat:.2f}, {place.lon:.2f}"), text(radius), text(runner_up)), " · ")
    return join((own_direction(place_name(place), "b"), _as_written(place.text), tag("small", about)), " ")


def _count(count: Count) -> str:
    who = own_direction(count.who) if count.who else ""
    return join((tag("b", text(count_text(count))), who, _as_written(count.text)), " ")


def _actor(actor: Actor) -> str:
    about = f"{actor.role}, {event_name(actor.kind)}" if actor.kind != "other" else str(actor.role)
    return join((own_direction(actor.text, "b"), tag("small", text(about))), " ")


def _equipment(item: EquipmentMention) -> str:
    name = item.name or item.text
    written = _as_written(item.text) if name != item.text else ""
    return join((own_direction(name, "b"), written, tag("small", text(item.use))), " ")


def _evidence(report: Report, claim: Claim) -> str:
    if not claim.evidence:
        return ""
    rows = [tag("tr", *_cells(report, evidence)) for evidence in claim.evidence]
    head = tag(
        "thead", tag("tr", *(tag("th", name, scope="col") for name in ("field", "rule", "reason", "characters")))
    )
    title = tag("summary", f"Why: {len(rows)} rule{'s' if len(rows) != 1 else ''}")
    return tag("details", title, tag("table", head, tag("tbody", *rows)), class_="evidence")


def _cells(report: Report, evidence: Evidence) -> Iterator[str]:
    yield tag("td", text(evidence.field))
    yield tag("td", tag("code", text(evidence.rule)))
    yield tag("td", text(evidence.reason))
    quotes = [own_direction(shorten(span.of(report.text), _CHARACTERS), "q") for span in evidence.spans]
    yield tag("td", join(quotes, " "), class_=classes("characters"))
