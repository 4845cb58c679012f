"""Adapters: they see no label and no id, and say in the scorer's words what a reading holds."""

import json
from datetime import date

import pytest

from evaluation import claims, polnear_spans
from evaluation.bench import as_day
from evaluation.sets import SETS, Set, UnknownSet, find_set
from ondit.model import (
    Actor,
    Claim,
    Count,
    EquipmentMention,
    EquipmentUse,
    EventMention,
    Interval,
    Place,
    PlacePrecision,
    Reading,
    Report,
    Role,
    SourceMention,
    Span,
    Stance,
    TimeExpression,
    TimexType,
)

# What bench/README.md says must be hidden.
LABELS = {
    "claims": "claims events",
    "polnear": "attributions other_annotators",
    "polnear-rules": "attributions other_annotators",
    "muc4": "templates muc_templates entities",
    "plover": "event event_text source target mode context markup comment",
    "timex": "timex begin end grain kind raw",
    "geo": "toponyms non_places",
    "accounts": "claims events",
    "truth": "",
    "groups": "claims events",
    "maverick": "event_id",
    "ecbplus": "subtopic",
    "meantime": "relations",
    "fr_headlines": "cluster category",
    "maverick-weigh": "",  # what the most reputable source says is taken away row by row: test_weighing_adapters
}


@pytest.mark.parametrize("known", SETS.values(), ids=lambda s: s.name)
def test_no_label_is_visible(known: Set) -> None:
    assert set(LABELS[known.name].split()) == known.labels
    row = dict.fromkeys([*known.visible, *known.labels, "id", "a_field_nobody_knows"], "x")
    assert known.hide(row).keys() == known.visible
    assert not known.visible & (known.labels | {"id"})


def test_the_document_time_and_the_original_article_stay() -> None:
    assert "dct" in SETS["timex"].visible
    assert "raw_text" in SETS["muc4"].visible


@pytest.mark.parametrize(
    ("name", "family", "part"),
    [("claims", "claims", ""), ("timex", "timex", ""), ("timex/timebank", "timex", "timebank")],
)
def test_a_name_is_a_set_or_one_part_of_it(name: str, family: str, part: str) -> None:
    known, found = find_set(name)
    assert (known.name, found) == (family, part)


@pytest.mark.parametrize("name", ["clams", "timex/other", ""])
def test_an_unknown_set_is_answered_with_those_there_are(name: str) -> None:
    with pytest.raises(UnknownSet, match="timex/timebank"):
        find_set(name)


TEXT = 'Reuters said police denied that 3 men were hurt in Gao on Friday. "It was a drone," he said. "We saw it."'


def span_of(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def voice(words: str, refers_to: str = "") -> SourceMention:
    return SourceMention(span_of(words), words, refers_to=span_of(refers_to) if refers_to else None)


def reading(*found: Claim, events: tuple[EventMention, ...] = ()) -> Reading:
    return Reading(Report(id="r", text=TEXT, language="en"), found, events)


def claim(content: str, *chain: SourceMention, cue: str = "", **more: object) -> Claim:
    fields = {"stance": Stance.ASSERTS, "event": None, **more}
    return Claim("c", "r", span_of(content), span_of(cue) if cue else None, chain, **fields)  # type: ignore[arg-type]


def test_a_reading_in_the_words_of_the_claims_scorer() -> None:
    friday = Interval(date(2024, 3, 15), date(2024, 3, 15), "2024-03-15")
    event = EventMention(
        "e1",
        "air_strike",
        span_of("hurt"),
        actors=(Actor(span_of("3 men"), "3 men", Role.VICTIM),),
        equipment=(EquipmentMention(span_of("drone"), "drone", name="UAV", use=EquipmentUse.COMPARISON),),
        places=(
            Place(span_of("Reuters"), "Paris", metonym=True),
            Place(span_of("Gao"), "Gao", name="Gao", lat=16.3, lon=0.0, precision=PlacePrecision.EXACT),
            Place(span_of("in Gao"), "Mali", name="Mali", lat=17.0, lon=-4.0, precision=PlacePrecision.COUNTRY),
        ),
        times=(
            TimeExpression(span_of("on"), "on", TimexType.DURATION, "P1D"),
            TimeExpression(span_of("on Friday"), "on Friday", TimexType.DATE, "2024-03-15", interval=friday),
        ),
    )
    three = Count("injured", 3, 3, span_of("3 men"), "3 men", best=3)
    denied = claim(
        "3 men were hurt in Gao on Friday",
        voice("Reuters"),
        voice("police"),
        cue="denied",
        stance=Stance.DENIES,
        event="e1",
        counts=(three,),
    )
    ledger = claims.as_ledger(reading(denied, events=(event,)))
    assert json.loads(json.dumps(ledger)) == {
        "claims": [
            {
                "content": [32, 64],
                "cue": [20, 26],
                "chain": [
                    {"text": "Reuters", "span": [0, 7], "refers_to": None},
                    {"text": "police", "span": [13, 19], "refers_to": None},
                ],
                "stance": "denies",
                "event": "E1",
                "counts": [{"what": "injured", "min": 3, "max": 3}],
            }
        ],
        "events": {
            "E1": {
                "type": "air_strike",
                "when": {"edtf": "2024-03-15"},
                "where": [
                    {"text": "Gao", "name": "Gao", "lat": 16.3, "lon": 0.0},
                    {"text": "Mali", "name": "Mali", "lat": None, "lon": None},
                ],
                "actors": [{"text": "3 men", "span": [32, 37], "role": "victim"}],
                "equipment": [{"text": "drone", "name": "UAV", "role": "comparison"}],
            }
        },
    }


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-15", date(2024, 3, 15)),
        ("2013-02-12T04:30:00", date(2013, 2, 12)),
        (None, None),
        ("", None),
        ("2024", None),
        ("no date", None),
    ],
)
def test_only_a_day_is_a_publication_day(value: object, day: date | None) -> None:
    assert as_day(value) == day


def words_of(text: str) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each attribution that is read in a text."""
    return [
        tuple([text[a:b] for a, b in spans] for spans in attribution.as_row().values())  # type: ignore[misc]
        for attribution in polnear_spans.attributions(text)
    ]


def test_a_nested_voice_is_annotated_at_its_outermost_level_and_the_author_is_no_source() -> None:
    text = "Reuters reported that the police denied that the bridge had fallen. The bridge was old."
    assert words_of(text) == [
        (["Reuters"], ["reported"], ["that the police denied that the bridge had fallen"]),
    ]


def test_a_quotation_goes_on_and_keeps_its_marks() -> None:
    ((source, cue, content),) = words_of('"It was a drone," said John Hill, a farmer. "We saw it from the house."')
    assert (source, cue) == (["John Hill, a farmer"], ["said"])
    assert content == ['"It was a drone,"', '"We saw it from the house."']


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor has already denied that men were hurt.", "The mayor", "has already denied", "that men were hurt"),
        ("The mayor refused to endorse the treaty.", "The mayor", "refused", "to endorse the treaty"),
        ("The senator strongly supports the new bridge.", "The senator", "strongly supports", "the new bridge"),
        ("The senator talked about the new bridge.", "The senator", "talked about", "the new bridge"),
        ("Voters are proud of the new bridge.", "Voters", "are proud of", "the new bridge"),
        ("Harris: The new bridge is safe.", "Harris", ":", "The new bridge is safe"),
        (
            "Anna Reed, who runs the museum, wants a new bridge.",
            "Anna Reed, who runs the museum,",
            "wants",
            "a new bridge",
        ),
    ],
)
def test_opinions_and_intentions_count_too(text: str, source: str, cue: str, content: str) -> None:
    assert words_of(text) == [([source], [cue], [content])]


def test_how_something_seems_is_nobodys_view() -> None:
    assert words_of("The bridge appears to be safe.") == [([], ["appears"], ["The bridge", "to be safe"])]
