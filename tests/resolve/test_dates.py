"""Anchoring: publication date, narration, happenings, leanings, and what has to stay unresolved."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit.languages.packs import load_pack
from ondit.model import AnchorBasis, Published, Span, TimeExpression, TimePrecision
from ondit.model.reports import PublishedBasis
from ondit.read.engines.rules.times import find_times
from ondit.resolve.dates import DateSettings, Lean, resolve_times
from ondit.resolve.dates.formula import FormulaError, parse_formula
from ondit.resolve.dates.holidays import easter, orthodox_easter
from ondit.text.tokens import tokenise
from tests.read.test_times import scraps


def anchor(
    text: str,
    published: str = "2022-01-30",
    *,
    language: str = "en",
    lean: Lean = Lean.PAST,
    happening: tuple[str, str] | None = None,
) -> dict[str, TimeExpression]:
    pack = load_pack(language)
    found = find_times(text, tokenise(text, pack.token_rules), pack)
    day = Published(date.fromisoformat(published), PublishedBasis.GIVEN) if published else Published()
    days = {e.span: date.fromisoformat(happening[1]) for e in found if happening and e.text == happening[0]}
    return {
        e.text: e
        for e in resolve_times(
            found, text, published=day, pack=pack, anchor_days=days, settings=DateSettings(lean=lean)
        )
    }


def edtf(expression: TimeExpression) -> str:
    return expression.interval.edtf if expression.interval else ""


def test_a_weekday_is_counted_from_the_publication_and_says_so() -> None:
    friday = anchor("They struck on Friday.")["Friday"]
    assert friday.interval is not None
    assert (friday.interval.earliest, friday.interval.latest) == (date(2022, 1, 28), date(2022, 1, 28))
    assert friday.interval.anchor == date(2022, 1, 30)
    assert friday.interval.anchor_basis is AnchorBasis.PUBLISHED


def test_an_absolute_date_needs_no_anchor() -> None:
    day = anchor("They struck on 5 May 2020.", "")["5 May 2020"]
    assert day.interval is not None
    assert day.interval.anchor is None
    assert day.interval.anchor_basis is AnchorBasis.ABSOLUTE


@pytest.mark.parametrize("text", ["Friday", "yesterday", "last week", "two days ago", "in May"])
def test_without_a_publication_date_nothing_is_guessed(text: str) -> None:
    (expression,) = anchor(f"They struck {text}.", "").values()
    assert expression.interval is None
    assert "publication date" in expression.reason


@pytest.mark.parametrize(("lean", "expected"), [(Lean.PAST, "2022-01-28"), (Lean.FUTURE, "2022-02-04")])
def test_the_leaning_is_a_setting(lean: Lean, expected: str) -> None:
    assert edtf(anchor("Friday", lean=lean)["Friday"]) == expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("On 3 May 2021 they attacked. Two days later they fled.", "Two days later", "2021-05-05"),
        ("On 3 May 2021 they attacked. The next day they fled.", "The next day", "2021-05-04"),
        ("On 3 May 2021 they attacked. They had met the day before.", "the day before", "2021-05-02"),
        ("On 3 May 2021 they attacked. That day it rained.", "That day", "2021-05-03"),
        ("The town fell in May 2021. The following month it was retaken.", "The following month", "2021-06"),
    ],
)
def test_narration_is_counted_from_the_date_named_before(text: str, span: str, expected: str) -> None:
    expression = anchor(text)[span]
    assert edtf(expression) == expected
    assert expression.interval is not None
    assert expression.interval.anchor_basis is AnchorBasis.TEXT
    assert "named before it" in expression.reason


def test_a_named_happening_is_the_anchor_when_its_day_is_known() -> None:
    found = anchor(
        "On 3 May 2021 they met. Two days after the assault they fled.", happening=("Two days after", "2021-06-10")
    )
    expression = found["Two days after"]
    assert edtf(expression) == "2021-06-12"
    assert expression.interval is not None
    assert expression.interval.anchor_basis is AnchorBasis.HAPPENING
    assert "happening" in expression.reason


def test_two_days_later_is_not_counted_from_the_publication() -> None:
    expression = anchor("Two days later they fled.")["Two days later"]
    assert expression.interval is None
    assert "named before it" in expression.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("On 31 April 2021 they fled.", "no day 31"),
        ("On 29 February 2021 they fled.", "no day 29"),
    ],
)
def test_what_has_no_date_says_why(text: str, reason: str) -> None:
    (expression,) = anchor(text).values()
    assert expression.interval is None
    assert reason in expression.reason


@pytest.mark.parametrize("text", ["It was built 5000 years ago.", "It was built 90 centuries ago."])
def test_what_lies_on_no_calendar_is_unresolved(text: str) -> None:
    (expression,) = anchor(text).values()
    assert expression.interval is None
    assert "outside the years 1 to 9999" in expression.reason


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("at 15:30 on 3 May 2021", TimePrecision.MINUTE),
        ("at 3 p.m. on 3 May 2021", TimePrecision.HOUR),
        ("in the evening of 3 May 2021", TimePrecision.PART_OF_DAY),
        ("on 3 May 2021", TimePrecision.DAY),
        ("last week", TimePrecision.WEEK),
        ("in May 2021", TimePrecision.MONTH),
        ("in the summer of 2021", TimePrecision.SEASON),
        ("in 2021", TimePrecision.YEAR),
        ("in the 1990s", TimePrecision.DECADE),
    ],
)
def test_the_grain_is_kept(text: str, precision: TimePrecision) -> None:
    (expression,) = anchor(f"They met {text}.").values()
    assert expression.interval is not None
    assert expression.interval.precision is precision


def test_a_history_goes_forward_from_date_to_date() -> None:
    years = " ".join(f"On 3 May {year} they fought. In July they fled." for year in range(1936, 1946))
    pack = load_pack("en")
    found = find_times(years, tokenise(years, pack.token_rules), pack)
    day = Published(date(2009, 12, 19), PublishedBasis.GIVEN)
    values = [e.value for e in resolve_times(found, years, published=day, pack=pack) if e.text == "July"]
    assert values == [f"{year}-07" for year in range(1936, 1946)]


_DAY = r"\d{4}(-\d\d(-\d\d)?)?"
_EDTF = re.compile(
    rf"(\d\dXX|\d{{3}}X|{_DAY}|\d{{4}}-(2[1-4]|3[3-6]|4[01]))~?|({_DAY}~?|\d{{3}}X|\d\dXX|\d{{4}}-\d\d|\.\.)/({_DAY}~?|\d{{3}}X|\d\dXX|\d{{4}}-\d\d|\.\.)"
)


@given(scraps(), st.sampled_from(["fr", "en"]), st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))))
@settings(max_examples=300, deadline=None)
def test_anchoring_twice_changes_nothing_and_intervals_run_forward(
    text: str, language: str, published: date | None
) -> None:
    pack = load_pack(language)
    found = find_times(text, tokenise(text, pack.token_rules), pack)
    day = Published(published, PublishedBasis.GIVEN) if published else Published()
    once = resolve_times(found, text, published=day, pack=pack)
    assert resolve_times(once, text, published=day, pack=pack) == once
    for expression in once:
        assert not expression.value.startswith("=")
        interval = expression.interval
        if interval is None:
            assert expression.reason
            continue
        assert _EDTF.fullmatch(interval.edtf), interval.edtf
        if interval.earliest and interval.latest:
            assert interval.earliest <= interval.latest


@pytest.mark.parametrize(
    ("year", "day"), [(2000, date(2000, 4, 23)), (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31))]
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("year", "day"), [(2018, date(2018, 4, 8)), (2021, date(2021, 5, 2)), (2024, date(2024, 5, 5))]
)
def test_orthodox_easter(year: int, day: date) -> None:
    assert orthodox_easter(year) == day


@pytest.mark.parametrize("text", ["=", "=(", "=(year", "=year", "=()", "=(year 1) (year 2)"])
def test_a_broken_formula_is_a_mistake_of_the_grammar(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_spans_of_expressions_stay() -> None:
    assert anchor("They struck on Friday.")["Friday"].span == Span(15, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosh Hashanah 2018", "2018-09-09/2018-09-11"),  # it begins at the sunset before
        ("Yom Kippur 1973", "1973-10-05/1973-10-06"),
        ("Passover 2024", "2024-04-22/2024-04-30"),
        ("Purim 2016", "2016-03-23/2016-03-24"),  # a leap year: the second Adar
        ("Chinese New Year 2023", "2023-01-22"),
        ("Eid al-Fitr 2018", "2018-06-15~"),
        ("Ashura 2017", "2017-09-30~"),
        ("Diwali 2018", "2018-11-07~"),
    ],
)
def test_days_of_other_calendars_are_computed_and_marked_when_they_may_be_a_day_off(text: str, expected: str) -> None:
    (expression,) = anchor(f"They met on {text}.").values()
    assert edtf(expression) == expected
    assert ("one off" in expression.reason) == expected.endswith("~")


@pytest.mark.parametrize(
    ("language", "text", "hour", "day"),
    [
        ("fr", "Trois obus sont tombés vers 14h30 ce vendredi.", "14h30", "2022-01-28"),
        ("fr", "Vers 14 h, vendredi, trois obus sont tombés.", "14 h", "2022-01-28"),
        ("fr", "Il était 14 h 30. Vendredi fut calme.", "14 h 30", "2022-01-30"),
        ("fr", "Dans la nuit de jeudi à vendredi, le poste a brûlé. Vers 3 h, tout était fini.", "3 h", "2022-01-28"),
        ("fr", "Dans la nuit de jeudi à vendredi, le poste a brûlé. Vers 21 h, il fut attaqué.", "21 h", "2022-01-27"),
        ("en", "Drones came overnight. The first hit at 2:15 a.m.", "2:15 a.m.", "2022-01-30"),
    ],
)
def test_a_time_of_day_is_of_the_day_behind_it_or_of_the_night_named_before(
    language: str, text: str, hour: str, day: str
) -> None:
    assert edtf(anchor(text, language=language)[hour]) == day


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("The ambush of 9/11/2021 cost four lives.", "2021-11-11", "2021-11-09"),
        ("The ambush of 9/11/2021 cost four lives.", "2021-09-12", "2021-09-11"),
        ("The ambush of 9/11/2021 cost four lives.", "", "2021-09-11"),
        ("The ambush of 9/11/2021, after that of 25/10/2021, cost four lives.", "", "2021-11-09"),
        ("The ambush of 9/11/2021, after that of 8/25/2021, cost four lives.", "2021-11-11", "2021-09-11"),
        ("The ambush of 9.11.2021 cost four lives.", "", "2021-11-09"),
    ],
)
def test_day_and_month_in_digits_stand_as_the_report_has_them(text: str, published: str, day: str) -> None:
    assert edtf(next(iter(anchor(text, published).values()))) == day
