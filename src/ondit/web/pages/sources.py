"""Sources: who speaks in the ledger, with letters, track records and everything they said; and what analysts say about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from ondit.ledger import EventFilters, Filters, Undecidable
from ondit.model import (
    Attestation,
    Event,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Reliability,
    Source,
    TrackRecord,
    holding,
)
from ondit.web.choosing import BadQuery, Chosen, day, whole
from ondit.web.pages.claims import claim_row
from ondit.web.views.decisions import DecisionView, decision_view
from ondit.web.views.digest import field_words, value_words
from ondit.web.views.paging import Pages
from ondit.web.visits import NoSuch, Visit
from ondit.web.words import Words

_PAGE = 50
_MOST_EVENTS = 400  # in which contradictions are looked for
_MOST_SIDES = 5  # values of a contested field that are shown


def sources(visit: Visit) -> Response:
    """Those that speak in the ledger; with words, everybody in the registry that fits."""
    registry, worked_out = visit.ledger.sources(), visit.desk.records(visit.ledger)
    records = worked_out or {}
    words = visit.query.get("words", "").strip().casefold().split()
    known = {id_: registry.get(id_) or Source(id_, id_) for id_ in records}
    everyone = {**registry, **known} if words else known
    found = [s for s in everyone.values() if all(any(w in n.casefold() for n in _names(s)) for w in words)]
    found.sort(key=lambda s: (-_claims(records, s.id), s.name.casefold()))
    pages = Pages(max(1, whole(visit.query, "page", 1, 1_000_000)), _PAGE, len(found))
    rows = [(source, records.get(source.id)) for source in found[pages.offset : pages.offset + pages.size]]
    chosen = Chosen({"words": " ".join(words)} if words else {})
    behind = worked_out is None
    return visit.page("sources.html", behind=behind, rows=rows, pages=pages, chosen=chosen, letters=list(Reliability))


def _names(source: Source) -> tuple[str, ...]:
    return (source.id, source.name, *source.names)


def _claims(records: Mapping[str, TrackRecord], id_: str) -> int:
    return records[id_].claims if id_ in records else 0


def source(visit: Visit) -> Response:
    """One source."""
    id_ = visit.part("id")
    record = (visit.desk.records(visit.ledger) or {}).get(id_)
    found = visit.ledger.sources().get(id_) or (Source(id_, id_) if record else None)
    if found is None:
        raise NoSuch
    said = Filters(source=id_)
    pages = Pages(max(1, whole(visit.query, "page", 1, 1_000_000)), _PAGE, visit.ledger.count(said))
    names = {n.casefold() for n in _names(found)}
    events = (
        visit.ledger.events(EventFilters(claims=said, contested=True), _MOST_EVENTS)
        if visit.ledger.is_settled
        else iter(())
    )
    return visit.page(
        "source.html",
        source=found,
        record=record,
        letter=found.reliability().value,
        letters=[letter.value for letter in Reliability],
        rows=[claim_row(one, visit.words) for one in visit.ledger.claims(said, pages.size, pages.offset)],
        pages=pages,
        contradictions=list(_contradictions(events, names, visit.words)),
        history=_history(visit, id_),
    )


def _history(visit: Visit, source: str) -> list[DecisionView]:
    every = visit.ledger.decisions()
    held = {d.id for d in holding(every)}
    about = [d for d in every[::-1] if d.kind in ("rate", "affiliate") and source in d.targets]
    return [decision_view(d, visit.words, is_held=d.id in held) for d in about]


def _contradictions(events: Iterator[Event], names: set[str], words: Words) -> Iterator[dict[str, object]]:
    """Contested fields in which the source holds or denies a value, with who holds and who denies each."""
    for event in events:
        for account in event.fields:
            if account.status is FieldStatus.CONTESTED and _takes_part(account, names):
                sides = [_Side.of(account, value, names, words) for value in account.values]
                shown = sorted(sides, key=lambda side: not side.is_own)[:_MOST_SIDES]
                yield {"event": event, "field": field_words(account.field, words), "sides": shown}


@dataclass(frozen=True, slots=True)
class _Side:
    """One value of a contested field: who holds it, who denies it, and whether the source is among those who hold it."""

    value: str
    holders: tuple[str, ...]
    against: tuple[tuple[str, str], ...]  # name and stance
    is_own: bool

    @classmethod
    def of(cls, account: FieldAccount, value: FieldValue, names: set[str], words: Words) -> "_Side":
        holders = tuple(dict.fromkeys(a.voice or a.outlet for a in value.supporters))
        against = tuple(dict.fromkeys((a.voice or a.outlet, a.stance.value) for a in value.dissenters))
        is_own = any(_is_of(a, names) for a in value.supporters)
        return cls(value_words(account.field, value, words), holders, against, is_own)


def _takes_part(account: FieldAccount, names: set[str]) -> bool:
    return any(_is_of(a, names) for value in account.values for a in (*value.supporters, *value.dissenters))


def _is_of(said: Attestation, names: set[str]) -> bool:
    return said.voice.casefold() in names or said.outlet.casefold() in names


def rate(visit: Visit) -> Response:
    """Set a letter from a day on."""
    id_, letter = visit.part("id"), visit.field("letter")
    if letter not in list(Reliability):
        raise Undecidable("a letter is one of A to F")
    since = day({"since": visit.field("since")}, "since")
    visit.ledger.rate(id_, Reliability(letter), since=str(since or ""), why=visit.field("why").strip())
    return visit.go(f"/sources/{quote(id_, safe='')}")


def affiliate(visit: Visit) -> Response:
    """Say whom it belongs to or speaks for."""
    camps = [camp.strip() for camp in visit.field("camps").split(",") if camp.strip()]
    owner = visit.field("owner").strip()
    if not camps and not owner:
        raise BadQuery("name a camp or an owner")
    visit.ledger.affiliate(visit.part("id"), camps=camps, owner=owner, why=visit.field("why").strip())
    return visit.go(f"/sources/{quote(visit.part('id'), safe='')}")
