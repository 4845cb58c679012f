"""Readings and happenings as pieces of HTML inside a page of somebody else's, a notebook's for one: no script, no style sheet, everything escaped."""

from collections.abc import Iterable

from ondit.model import Attestation, Event, FieldAccount, Reading, Stance
from ondit.present.account import STATUS_SIGNS, event_title, field_name, grade_text
from ondit.present.fields import (
    OWN_VOICE,
    THROUGH,
    chain_names,
    counts_text,
    event_name,
    headline,
    plural,
    published_text,
    stance_sign,
    when_text,
    where_text,
)
from ondit.present.html.markup import join, own_direction, shorten, tag, text

_MOST = 50
_QUOTE = 200
_MOST_VOICES = 6
_CELL = "text-align:start;vertical-align:top;max-width:28em"
_COLOURS = {"agreed": "#00734f", "single": "#666", "updated": "#8a6100", "contested": "#b84a00"}


def reading_fragment(reading: Reading) -> str:
    """The report and its claims as a table; of very many the first fifty."""
    report = reading.report
    events = {event.id: event for event in reading.events}
    rows = []
    for claim in reading.claims[:_MOST]:
        event = events.get(claim.event or "")
        voices = text(THROUGH).join(own_direction(name) for name in chain_names(report, claim))
        cells = (
            voices,
            text(f"{stance_sign(claim.stance)} {claim.stance}"),
            text(event_name(event.type)) if event else "",
            own_direction(where_text(event)),
            text(when_text(event)),
            text(counts_text(claim)),
            own_direction(shorten(claim.content.of(report.text), _QUOTE), "q"),
        )
        rows.append(tag("tr", *(tag("td", cell, style=_CELL) for cell in cells)))
    heads = ("who says it", "stance", "event", "where", "when", "counts", "what is said")
    head = tag("thead", tag("tr", *(tag("th", text(h), style=_CELL) for h in heads)))
    about = join(
        (
            own_direction(report.publisher),
            text(published_text(report.published)),
            text(report.language),
            tag("code", text(report.id)),
        ),
        " · ",
    )
    rest = len(reading.claims) - _MOST
    more = tag("p", text(f"and {rest} more")) if rest > 0 else ""
    sums = tag("p", about, " · ", text(plural(len(reading.claims), "claim")))
    return tag("div", own_direction(headline(report), "h4"), sums, tag("table", head, tag("tbody", *rows)), more)


def event_fragment(event: Event) -> str:
    """What the reports say together about one happening: each field with its values and who holds and denies them."""
    sums = f"{plural(len(event.reports), 'report')}, {plural(len(event.claims), 'claim')}"
    grade = tag("b", text(grade_text(event))) if event.grade else ""
    origins = plural(len(event.independence.origins), "independent origin") if event.independence else ""
    head = tag("p", join((grade, text(sums), text(origins), tag("code", text(event.id))), " · "))
    rows = [_account(account) for account in event.fields]
    why = tag("p", text(event.grade.paragraph)) if event.grade and event.grade.paragraph else ""
    return tag(
        "div", own_direction(event_title(event), "h4"), head, tag("table", tag("tbody", *rows)) if rows else "", why
    )


def _account(account: FieldAccount) -> str:
    status = tag(
        "span", text(f"{STATUS_SIGNS[account.status]} {account.status}"), style=f"color:{_COLOURS[account.status]}"
    )
    values = []
    for value in account.values:
        against = [
            tag(
                "span",
                text(f" – {words} "),
                own_direction(_voices(a for a in value.dissenters if a.stance is stance)),
                style="color:#b84a00",
            )
            for stance, words in ((Stance.DENIES, "denied by"), (Stance.DISTANCES, "doubted by"))
            if any(a.stance is stance for a in value.dissenters)
        ]
        values.append(
            tag(
                "div",
                own_direction(value.value, "b"),
                " – ",
                own_direction(_voices(value.supporters) or "nobody"),
                *against,
            )
        )
    cells = (tag("b", text(field_name(account.field))), status, "".join(values))
    return tag("tr", *(tag("td", cell, style=_CELL) for cell in cells))


def _voices(attestations: Iterable[Attestation]) -> str:
    names = list(
        dict.fromkeys(
            f"{a.voice or OWN_VOICE} ({a.outlet})" if a.outlet and a.outlet != a.voice else a.voice or OWN_VOICE
            for a in attestations
        )
    )
    rest = len(names) - _MOST_VOICES
    return ", ".join(names[:_MOST_VOICES]) + (f" and {rest} more" if rest > 0 else "")
