"""The rules of the codebooks, as tables: which figure, which precision, which type stands in a row."""

import csv
import io
from datetime import date

import pytest

from ondit.model import (
    Actor,
    ActorKind,
    Aggregate,
    Attestation,
    Claim,
    Count,
    Event,
    EventMention,
    FieldAccount,
    FieldStatus,
    FieldValue,
    Interest,
    Interval,
    Place,
    PlacePrecision,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Role,
    Span,
    Stance,
    TimeExpression,
    TimexType,
)
from ondit.ontology import code_of, crosswalk_table, event_types
from ondit.ontology.countries import countries
from ondit.present.formats import Dossier, get_format
from ondit.present.formats.acled import fatalities, time_precision
from ondit.present.formats.event_report import figures
from ondit.present.formats.happening import Days
from ondit.present.formats.jsonld import CONTEXT, RELATIONS
from ondit.present.formats.sheets import csv_bytes
from ondit.present.formats.ucdp import date_prec, priogrid
from ondit.registry import nations
from tests.present.formats.dossiers import example

TEXT = "Gunmen killed eight people near Tillia on 14 March 2024, police said."
SPAN = Span(0, 6)


def killed(*bounds: tuple[int | None, int | None], field: str = "killed") -> FieldAccount:
    """An account of figures, each told by a voice of its own, with the aggregates of the named rules."""
    values = tuple(FieldValue(f"{low} to {high}", (Attestation("c1", "r1", f"voice {n}", Stance.ASSERTS, Interest.OUTSIDE),), (), low, high) for n, (low, high) in enumerate(bounds))  # fmt: skip
    lows, highs = [low for low, _ in bounds if low is not None], [high for _, high in bounds if high is not None]
    rules = (
        Aggregate("most-conservative", "", min(lows, default=None), min(lows, default=None), min(highs, default=None)),
        Aggregate("most-representative", "", lows[0] if lows else None, lows[0] if lows else None, highs[0] if highs else None),
        Aggregate("most-informative", "", max(lows, default=None), None, max(highs, default=None)),
    )  # fmt: skip
    return FieldAccount(field, FieldStatus.CONTESTED, values, "", rules)


def happening(  # noqa: PLR0913 - a table of what differs
    type_: str = "armed_attack",
    *,
    days: tuple[str, str] = ("2024-03-14", "2024-03-14"),
    precision: PlacePrecision = PlacePrecision.EXACT,
    kind: str = "town",
    parties: tuple[tuple[Role, ActorKind], ...] = (),
    rule: str = "en/happenings:shooting",
    toll: FieldAccount | None = None,
    stance: Stance = Stance.ASSERTS,
) -> Dossier:
    """A happening that one report tells of, as a dossier."""
    first, last = map(date.fromisoformat, days)
    interval = Interval(first, last, f"{first}/{last}")
    place = Place(
        SPAN,
        "Tillia",
        "geonames:1",
        "Tillia",
        16.12333,
        4.78972,
        2.0,
        "NE",
        ("Niger", "Tahoua", "Tillia"),
        kind,
        precision,
    )
    actors = tuple(Actor(SPAN, f"{role.value} {n}", role, kind_) for n, (role, kind_) in enumerate(parties))
    time = TimeExpression(SPAN, "14 March", TimexType.DATE, "2024-03-14", interval=interval)
    mention = EventMention("e1", type_, SPAN, actors, (), (place,), (time,), rule)
    claim = Claim("c1", "r1", Span(0, 20), None, (), stance, "e1", (Count("killed", 8, 8, SPAN, "eight", 8),))
    report = Report("r1", TEXT, publisher="Sahel Wire", published=Published(date(2024, 3, 16), PublishedBasis.GIVEN))
    held = (Attestation("c1", "r1", "police", stance, Interest.OUTSIDE),)
    happened = FieldAccount(
        "happened",
        FieldStatus.SINGLE,
        (FieldValue("yes", () if stance is Stance.DENIES else held, held if stance is Stance.DENIES else ()),),
    )
    event = Event("h1", type_, ("e1",), ("c1",), ("r1",), place, interval, fields=(happened, toll or killed((8, 8))))
    return Dossier.of((event,), (Reading(report, (claim,), (mention,)),))


def row(name: str, dossier: Dossier) -> dict[str, str]:
    made = get_format(name).make(dossier)
    assert not made.left_out, made.left_out
    (found,) = csv.DictReader(io.StringIO(b"".join(made.files[0].chunks).decode(), newline=""))
    return found


def reason(name: str, dossier: Dossier) -> str:
    (left_out,) = get_format(name).make(dossier).left_out
    return left_out.reason


ARMED, STATE, CIVILIANS = ActorKind.REBEL_GROUP, ActorKind.STATE_FORCES, ActorKind.CIVILIANS
DID, TARGET, VICTIM = Role.PERPETRATOR, Role.TARGET, Role.VICTIM


@pytest.mark.parametrize(
    ("bounds", "figure"),
    [
        (((8, 8), (7, 7), (10, None)), 7),  # the lowest
        (((2, None),), 3),  # several
        (((20, 99),), 12),  # dozens
        (((200, 999),), 100),  # hundreds
        (((2, None), (2, 2)), 2),  # "several" beside a stated two
        (((20, 99), (9, 9)), 9),
        ((), 0),  # none stated
    ],
)
def test_acled_fatalities(bounds: tuple[tuple[int | None, int | None], ...], figure: int) -> None:
    (event,) = happening(toll=killed(*bounds)).events
    assert fatalities(event) == figure


@pytest.mark.parametrize(
    ("days", "day", "precision"),
    [
        (("2024-03-14", "2024-03-14"), "2024-03-14", "1"),
        (("2024-03-11", "2024-03-17"), "2024-03-14", "2"),
        (("2024-03-16", "2024-03-17"), "2024-03-16", "2"),
        (("2024-03-01", "2024-03-31"), "2024-03-16", "3"),
    ],
)
def test_acled_days(days: tuple[str, str], day: str, precision: str) -> None:
    found = row("acled", happening(days=days))
    assert (found["event_date"], found["time_precision"], found["year"]) == (day, precision, "2024")


@pytest.mark.parametrize(
    ("type_", "rule", "parties", "sub_event", "kind"),
    [
        ("armed_attack", "", ((DID, ARMED), (VICTIM, CIVILIANS)), "Attack", "Violence against civilians"),
        ("armed_attack", "", ((DID, ARMED), (TARGET, STATE)), "Armed clash", "Battles"),
        ("bombing_ied", "en/happenings:suicide_bombing", (), "Suicide bomb", "Explosions/Remote violence"),
        ("bombing_ied", "en/happenings:suicide-bombing", (), "Suicide bomb", "Explosions/Remote violence"),
        ("bombing_ied", "en/happenings:bombing", (), "Remote explosive/landmine/IED", "Explosions/Remote violence"),
        ("territory_change", "", ((DID, STATE),), "Government regains territory", "Battles"),
        ("territory_change", "", ((DID, ARMED),), "Non-state actor overtakes territory", "Battles"),
        ("drone_strike", "", (), "Air/drone strike", "Explosions/Remote violence"),
        ("protest", "", (), "Peaceful protest", "Protests"),
    ],
)
def test_acled_types(type_: str, rule: str, parties: tuple, sub_event: str, kind: str) -> None:
    found = row("acled", happening(type_, rule=rule, parties=parties))
    assert (found["sub_event_type"], found["event_type"]) == (sub_event, kind)


@pytest.mark.parametrize(
    ("parties", "interaction", "targeting"),
    [
        (((DID, ARMED), (VICTIM, CIVILIANS)), "Rebel group-Civilians", "Civilian targeting"),
        (((DID, ARMED), (TARGET, STATE)), "State forces-Rebel group", ""),
        (((DID, STATE),), "State forces only", ""),
        ((), "", ""),
    ],
)
def test_acled_interaction(parties: tuple, interaction: str, targeting: str) -> None:
    found = row("acled", happening(parties=parties))
    assert (found["interaction"], found["civilian_targeting"]) == (interaction, targeting)
    assert found["actor2"] == ("Civilians (Niger)" if targeting else found["actor2"])


@pytest.mark.parametrize(
    ("precision", "kind", "acled", "ucdp"),
    [
        (PlacePrecision.EXACT, "town", "1", "1"),
        (PlacePrecision.NEAR, "town", "2", "2"),
        (PlacePrecision.PART, "town", "2", "2"),
        (PlacePrecision.DIVISION, "admin2", "2", "3"),
        (PlacePrecision.DIVISION, "admin1", "3", "4"),
    ],
)
def test_precision_of_places(precision: PlacePrecision, kind: str, acled: str, ucdp: str) -> None:
    dossier = happening(precision=precision, kind=kind)
    assert (row("acled", dossier)["geo_precision"], row("ucdp", dossier)["where_prec"]) == (acled, ucdp)


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("acled", {"type_": "disaster"}, "ACLED has no event type for disaster"),
        ("acled", {"precision": PlacePrecision.COUNTRY}, "the place is a country or wider"),
        ("acled", {"days": ("2024-01-01", "2024-03-31")}, "the days span more than a month"),
        ("acled", {"stance": Stance.DENIES}, "nobody says that it happened"),
        ("ucdp", {"type_": "protest"}, "UCDP has no type of violence for protest"),
        ("ucdp", {"toll": killed((0, 0))}, "no death is reported"),
        ("ucdp", {"days": ("2020-01-01", "2024-03-31")}, "the days span more than a year"),
        ("plover", {"type_": "other"}, "PLOVER has no event type for other"),
        ("plover", {"stance": Stance.DENIES}, "nobody says that it happened"),
    ],
)
def test_what_is_left_out_and_why(name: str, change: dict, says: str) -> None:
    assert reason(name, happening(**change)).startswith(says)


@pytest.mark.parametrize(
    ("parties", "code"),
    [
        (((DID, STATE), (TARGET, ARMED)), "1"),
        (((DID, ARMED), (TARGET, STATE)), "1"),
        (((DID, ARMED), (TARGET, ActorKind.IDENTITY_MILITIA)), "2"),
        (((DID, ARMED), (VICTIM, CIVILIANS)), "3"),
        ((), "3"),  # what the type says where nothing is known of the parties
    ],
)
def test_ucdp_type_of_violence(parties: tuple, code: str) -> None:
    assert row("ucdp", happening(parties=parties))["type_of_violence"] == code


def test_ucdp_figures_and_empty_ids() -> None:
    found = row("ucdp", happening(toll=killed((8, 8), (7, 7), (10, 12)), parties=((DID, ARMED), (VICTIM, CIVILIANS))))
    assert (found["low"], found["best"], found["high"]) == ("7", "8", "12")
    assert (found["deaths_civilians"], found["deaths_a"], found["deaths_b"], found["deaths_unknown"]) == (
        "8",
        "0",
        "0",
        "0",
    )
    theirs = [
        c
        for c in found
        if c.endswith(("_dset_id", "_new_id"))
        or c in ("conflict_name", "dyad_name", "relid", "gwnoa", "gwnob", "country_id")
    ]
    assert len(theirs) == 14
    assert {found[c] for c in theirs} == {""}


@pytest.mark.parametrize(("length", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5)])
def test_ucdp_date_precision(length: int, code: int) -> None:
    assert date_prec(Days(date(2024, 1, 1), date.fromordinal(date(2024, 1, 1).toordinal() + length - 1))) == code


@pytest.mark.parametrize(("length", "code"), [(1, 1), (2, 2), (7, 2), (8, 3), (31, 3)])
def test_acled_time_precision(length: int, code: int) -> None:
    assert time_precision(Days(date(2024, 1, 1), date.fromordinal(date(2024, 1, 1).toordinal() + length - 1))) == code


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-89.75, -179.75, 1), (-89.75, 179.75, 720), (-89.25, -179.75, 721), (90, 180, 259200), (0.0, 0.0, 129961)],
)
def test_priogrid(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


@pytest.mark.parametrize(
    ("claims", "figure"),
    [
        ([(Stance.ASSERTS, (8, 8, 8)), (Stance.DENIES, (40, 40, 40))], (8, 8, 8)),  # what is denied is no figure
        ([(Stance.ASSERTS, (8, 8, 8)), (Stance.POSSIBLE, (10, None, None))], (8, 8, 10)),
        ([(Stance.ASSERTS, (2, None, None))], (2, 2, 2)),
        ([], (None, None, None)),  # not told is not 0
        ([(Stance.ASSERTS, (0, 0, 0))], (0, 0, 0)),
    ],
)
def test_figures_of_a_report(claims: list, figure: tuple) -> None:
    told = [Claim(f"c{n}", "r1", SPAN, None, (), stance, None, (Count("killed", low, high, SPAN, "", best),)) for n, (stance, (low, best, high)) in enumerate(claims)]  # fmt: skip
    found = figures("deaths", told, "killed")
    assert (found["deaths_best"], found["deaths_low"], found["deaths_high"]) == figure


def test_every_code_of_acled_has_its_event_type() -> None:
    table = crosswalk_table("acled", "sub_event")
    assert len(table) == 25
    for id_, kind in event_types().items():
        for code in {code_of(id_, "acled"), *(code_of(id_, "acled", subtype=s) for s in kind.subtypes)} - {None}:
            assert code in table, code
    moved = {**crosswalk_table("acled", "armed_target"), **crosswalk_table("acled", "state_perpetrator")}
    assert set(moved) | set(moved.values()) <= set(table)
    assert set(crosswalk_table("acled", "inter")) | {"other"} == {kind.value for kind in ActorKind}


def test_every_code_of_plover_has_its_quad() -> None:
    now = crosswalk_table("plover", "current")
    codes = {code_of(id_, "plover", subtype=s) for id_, kind in event_types().items() for s in ("", *kind.subtypes)} - {
        None
    }
    assert {now.get(code, code) for code in codes} <= set(crosswalk_table("plover", "quad"))
    assert {name.split(".")[0] for name in crosswalk_table("plover", "mode")} <= set(event_types())


def test_every_country_has_its_regions() -> None:
    assert set(countries()) <= set(nations())
    assert set(nations()) - set(countries()) == set()
    assert len({c.numeric for c in countries().values() if c.numeric}) == len(
        [c for c in countries().values() if c.numeric]
    )
    assert {c.ucdp_region for c in countries().values()} <= {"Africa", "Americas", "Asia", "Europe", "Middle East", ""}
    assert (countries()["NE"].numeric, countries()["NE"].iso3, countries()["NE"].acled_region) == (
        562,
        "NER",
        "Western Africa",
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_formulas_become_text(cell: str) -> None:
    (_, line) = csv_bytes(["a", "b"], [[cell, -1.5]])
    (found,) = csv.reader(io.StringIO(line.decode(), newline=""))
    assert found == [f"'{cell}", "-1.5"]


def test_the_relations_of_claims_are_there_and_documented() -> None:
    from rdflib import Graph, Namespace

    data = b"".join(get_format("jsonld").make(example()).files[0].chunks)
    graph, ondit = Graph().parse(data=data.decode(), format="json-ld"), Namespace("urn:ondit:ns:")
    used = {str(p).removeprefix(str(ondit)) for p in graph.predicates() if str(p).startswith(str(ondit))}
    assert {"agreesWith", "contradicts", "supports", "denies", "doubts", "copyOf", "chain", "stance"} <= used
    assert set(RELATIONS) <= set(CONTEXT)
    for left, right in graph.subject_objects(ondit.contradicts):
        assert (right, ondit.contradicts, left) in graph, "contradicting goes both ways"
        assert graph.value(left, ondit.field) == graph.value(right, ondit.field)
    denied = {str(v) for _, v in graph.subject_objects(ondit.denies)}
    known = {
        f"urn:ondit:event:{e.id}:{f.field}:{n}"
        for e in example().events
        for f in e.fields
        for n, v in enumerate(f.values, 1)
        if any(a.stance is Stance.DENIES for a in v.dissenters)
    }
    assert denied == known
