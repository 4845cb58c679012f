"""Which tellings are one happening: the same kind, no day and no place that excludes the other; the story goes on where it is."""

from dataclasses import dataclass
from datetime import date

import pytest

import ondit
from ondit.model import (
    Claim,
    EventMention,
    Extraction,
    Interval,
    Place,
    PlacePrecision,
    Span,
    Stance,
    TimeExpression,
    TimePrecision,
    TimexType,
    claim_id,
    event_mention_id,
)
from ondit.resolve.alike import km
from ondit.resolve.happenings import resolve_happenings

POINTS = {
    "Mosul": (36.34, 43.13, "IQ"),
    "Basra": (30.51, 47.81, "IQ"),
    "Baghdad": (33.34, 44.4, "IQ"),
    "Sadr": (33.39, 44.46, "IQ"),
    "Goma": (-1.68, 29.22, "CD"),
}
MAY = {"Monday": 13, "Tuesday": 14, "Friday": 17}


@dataclass
class Story:
    """Sentences "KIND PLACE DAY": each is a claim about a happening, told with a strength; a kind in capitals takes up an earlier one."""

    lines: tuple[str, ...]
    stances: tuple[Stance, ...] = ()

    def told(self) -> tuple[list[Claim], list[EventMention]]:
        text = ". ".join(self.lines)
        claims: list[Claim] = []
        events: list[EventMention] = []
        places: list[Place] = []
        times: list[TimeExpression] = []
        taken_up: set[str] = set()
        strengths: dict[str, float] = {}
        at = 0
        for number, line in enumerate(self.lines):
            content = Span(at, at + len(line))
            kind = line.split()[0]
            event = None
            if kind != "said":
                trigger = Span(at, at + len(kind))
                event = EventMention(event_mention_id("r", kind.lower(), trigger), kind.lower(), trigger)
                events.append(event)
                strengths[event.id] = 0.3 if kind.isupper() else 0.8
                if kind.isupper():
                    taken_up.add(event.id)
            for word in line.split()[1:]:
                start = text.index(word, at)
                span = Span(start, start + len(word))
                if word in POINTS:
                    lat, lon, country = POINTS[word]
                    places.append(Place(span, word, word, word, lat, lon, 5.0, country, precision=PlacePrecision.EXACT))
                elif word == "Iraq":
                    places.append(
                        Place(span, word, word, word, 33.0, 44.0, 500.0, "IQ", precision=PlacePrecision.COUNTRY)
                    )
                elif word in MAY:
                    day = date(2024, 5, MAY[word])
                    times.append(
                        TimeExpression(
                            span,
                            word,
                            TimexType.DATE,
                            "",
                            interval=Interval(day, day, day.isoformat(), TimePrecision.DAY),
                        )
                    )
            stance = self.stances[number] if self.stances else Stance.ASSERTS
            id_ = claim_id("r", content, [])
            claims.append(Claim(id_, "r", content, None, (), stance, event.id if event else None))
            at += len(line) + 2
        read = Extraction(tuple(claims), tuple(events), strengths=strengths, anaphoric=frozenset(taken_up))
        return resolve_happenings(claims, read, text=". ".join(self.lines), places=places, times=times)


def groups(*lines: str) -> list[int]:
    """For each line the number of its happening, counted as they come; -1 for none."""
    claims, _ = Story(lines).told()
    order: dict[str | None, int] = {None: -1}
    return [order.setdefault(c.event, len(order) - 1) for c in claims]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("armed_attack Mosul Monday", "armed_attack Basra Monday"), [0, 1]),
        (("armed_attack Mosul Monday", "armed_attack Mosul Friday"), [0, 1]),
        (("armed_attack Mosul Monday", "armed_attack Mosul Monday"), [0, 0]),
        (("armed_attack Mosul Monday", "armed_attack"), [0, 0]),
        (("armed_attack", "armed_attack Mosul Monday"), [0, 0]),
        (("armed_attack Mosul", "armed_attack Monday"), [0, 0]),
        (("armed_attack Baghdad Monday", "armed_attack Sadr Monday"), [0, 0]),
        (("armed_attack Mosul Monday", "armed_attack Iraq Monday"), [0, 0]),
        (("armed_attack Goma Monday", "armed_attack Mosul Monday"), [0, 1]),
        # kinds
        (("armed_attack Mosul Monday", "arrest Mosul Monday"), [0, 1]),
        (("air_strike Mosul Monday", "armed_clash Mosul Monday"), [0, 1]),
        (("drone_strike Mosul Monday", "ARMED_ATTACK"), [0, 0]),
        (("arrest Mosul Monday", "ARMED_ATTACK"), [0, 1]),
        # of several, the one that fits best, then the one told last
        (("armed_attack Mosul Monday", "armed_attack Basra Friday", "ARMED_ATTACK Monday"), [0, 1, 0]),
        (("armed_attack Mosul Monday", "armed_attack Basra Friday", "ARMED_ATTACK Basra"), [0, 1, 1]),
        (("armed_attack Mosul Monday", "armed_attack Basra Friday", "ARMED_ATTACK"), [0, 1, 1]),
    ],
    ids=lambda value: " + ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_one_happening_or_two(lines: tuple[str, ...], expected: list[int]) -> None:
    assert groups(*lines) == expected


def test_a_happening_has_the_places_and_times_of_all_its_tellings() -> None:
    _, events = Story(("armed_attack Mosul", "ARMED_ATTACK Monday")).told()
    assert [[p.name for p in e.places] for e in events] == [["Mosul"]]
    assert [[t.text for t in e.times] for e in events] == [["Monday"]]


def test_a_story_goes_on_where_it_is_and_says_so() -> None:
    _, events = Story(("armed_attack Mosul Monday", "looting_destruction Monday")).told()
    assert [e.places[0].name for e in events] == ["Mosul", "Mosul"]
    assert events[1].places[0].rule == "resolve/scenes:same-scene"


def test_exact_places_stand_before_countries() -> None:
    _, events = Story(("armed_attack Iraq Mosul Monday",)).told()
    assert [p.name for p in events[0].places] == ["Mosul", "Iraq"]


def test_happenings_that_no_claim_tells_are_left_out() -> None:
    claims, events = Story(("armed_attack Mosul", "arrest Basra")).told()
    kept, left = resolve_happenings(claims[:1], Extraction(events=tuple(events)), text=" " * 500, places=(), times=())
    assert {c.event for c in kept} == {e.id for e in left}


def test_distance_is_that_of_the_great_circle() -> None:
    _, events = Story(("armed_attack Mosul", "arrest Baghdad")).told()
    mosul, baghdad = (e.places[0] for e in events)
    distance = km(mosul, baghdad)
    assert distance is not None
    assert 350 < distance < 360
    assert km(mosul, mosul) == 0


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A bomb exploded in Mosul on Monday. Another bomb exploded in Basra on Monday.", 2),
        ("fr", "Une bombe a explosé à Mossoul lundi. Une autre bombe a explosé à Bassora lundi.", 2),
        ("en", "Gunmen attacked Jos on Monday. Gunmen attacked Jos on Thursday.", 2),
        ("fr", "Des hommes armés ont attaqué Djibo lundi. Des hommes armés ont attaqué Djibo jeudi.", 2),
        ("en", "Gunmen attacked a village near Jos on Monday. The death toll from the attack has risen to 12, officials said on Tuesday.", 1),
        ("en", "The army shelled Bakhmut. Residents said the shelling lasted two hours.", 1),
        ("fr", "Une attaque a fait dix morts à Djibo. L'attaque a été revendiquée par le Jnim. Le gouvernement a condamné cette attaque.", 1),
        ("fr", "Un drone a frappé le dépôt lundi. Trois personnes ont été tuées.", 1),
        ("en", "Gunmen killed twelve herders. Police said twelve herders were shot dead.", 1),
        ("en", "Gunmen attacked a school. In a separate attack, gunmen killed two priests.", 2),
        ("en", "Gunmen attacked a school. Elsewhere, gunmen attacked a church.", 2),
        ("fr", "Des hommes armés ont attaqué une école. Dans une autre attaque, deux prêtres ont été tués.", 2),
        ("fr", "Des hommes armés ont attaqué trois villages. L'attaque de la caserne avait fait dix morts en mai 1998.", 2),
        ("fr", "En 1998, des hommes armés ont enlevé un prêtre à Bouar. L'enlèvement a duré dix jours.", 1),
        ("en", "Police arrested four men in Kano. Police said gunmen kidnapped two priests in Jos.", 2),
    ],
)  # fmt: skip
def test_happenings_of_a_text(language: str, text: str, expected: int) -> None:
    reading = ondit.read(text, lang=language, published=date(2024, 5, 17))
    assert len({c.event for c in reading.claims if c.event}) == expected
    assert {e.id for e in reading.events} == {c.event for c in reading.claims if c.event}


def test_a_voice_that_names_no_happening_goes_on_about_the_last_but_a_demand_does_not() -> None:
    text = "Gunmen attacked Jos on Monday. The mayor said that it was terrible. The mayor demanded better roads."
    reading = ondit.read(text, lang="en", published=date(2024, 5, 17))
    first, second, third = reading.claims
    assert first.event is not None
    assert second.event == first.event
    assert any(e.rule == "resolve/happenings:goes-on" for e in second.evidence)
    assert third.stance is Stance.DEMANDS
    assert third.event is None


def test_a_place_in_the_name_of_an_agreement_is_no_scene() -> None:
    text = "L'accord de paix d'Alger a été signé. Une école a été pillée. Un gendarme a été tué à Kidal."
    reading = ondit.read(text, lang="fr", published=date(2024, 5, 17))
    places = {e.type: [p.name for p in e.places] for e in reading.events}
    assert places["agreement"] == ["Algiers"]
    assert places["looting_destruction"] == ["Kidal"]


@pytest.mark.parametrize(
    ("text", "happenings"),
    [
        ("Rebels attacked a base in Gao on Monday. The army attacked a base in Gao on Monday.", 2),
        ("The RSF shelled a market in Gao. The army shelled a market in Gao.", 2),
        ("Gunmen attacked a base in Gao on Monday. Armed men attacked a base in Gao on Monday.", 1),
        ("The mayor said the rebels shelled a market in Gao. A doctor said the army shelled a market in Gao.", 1),
    ],
)
def test_who_did_it_parts_two_happenings_unless_voices_are_at_odds(text: str, happenings: int) -> None:
    assert len(ondit.read(text, lang="en", published="2024-05-20").events) == happenings
