"""Puts time expressions on the calendar: publication date, the day named last in the narration, or the day of a named happening."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ondit.languages.packs import Pack
from ondit.model import AnchorBasis, Interval, Published, Span, TimeExpression, TimePrecision, TimexType
from ondit.model.records import replace
from ondit.resolve.dates import counting, shapes
from ondit.resolve.dates.formula import FormulaError, is_formula, parse_formula
from ondit.resolve.dates.hints import Hints
from ondit.resolve.dates.partials import Lean, Partial, Unresolved
from ondit.resolve.dates.periods import DAY, Stretch, edtf_of, rank
from ondit.resolve.dates.values import Context, Duration, Vague, Value, evaluate, settle

OPERATIONS = {**counting.OPERATIONS, **shapes.OPERATIONS}

_PRECISION = {
    "second": TimePrecision.MINUTE, "minute": TimePrecision.MINUTE, "hour": TimePrecision.HOUR, "part": TimePrecision.PART_OF_DAY,
    "day": TimePrecision.DAY, "weekend": TimePrecision.DAY, "week": TimePrecision.WEEK, "fortnight": TimePrecision.WEEK,
    "month": TimePrecision.MONTH, "quarter": TimePrecision.SEASON, "season": TimePrecision.SEASON, "half": TimePrecision.YEAR,
    "year": TimePrecision.YEAR, "decade": TimePrecision.DECADE, "century": TimePrecision.UNKNOWN,
}  # fmt: skip

_BASIS = {"now": AnchorBasis.PUBLISHED, "text": AnchorBasis.TEXT, "event": AnchorBasis.HAPPENING}

_BESIDE = 12  # characters between a time of day and its day: ", on ", " heure locale, "
_PARTS = re.compile(r"[.;:!?؟؛–—\n]|\d")
_NIGHT, _DAWN, _LATE = "TNI", "DW", frozenset({"PM", "AF", "EV"})
_SMALL_HOURS = 8

_TOGETHER = timedelta(days=3)
"""A longer stretch ("since 2021") names no day that a clock or "the next day" could be counted from."""

# From here on a report tells history: its unanchored months belong to the year named last, not to the publication's.
_HISTORY_DATES, _HISTORY_SHARE, _HISTORY_DAYS = 8, 0.75, 550


@dataclass(frozen=True, slots=True)
class DateSettings:
    """How undecided dates lean. `lean` past: "Friday" is the latest one up to the publication (news); future: the next one (commands).

    `exact`: "two months ago" is a day, not a month. `history`: None = decide by the dates of the text.
    """

    lean: Lean = Lean.PAST
    exact: bool = False
    history: bool | None = None


def resolve_times(
    expressions: Sequence[TimeExpression],
    text: str,
    *,
    published: Published,
    pack: Pack | None = None,
    anchor_days: Mapping[Span, date] | None = None,
    settings: DateSettings = DateSettings(),
) -> list[TimeExpression]:
    """Anchor expressions (in text order): fills `value`, `interval`, `mod` and `reason`; what is resolved already stays as it is.

    `anchor_days` gives, for the span of an expression, the day of the happening it is counted from ("the day after the assault").
    Without a publication date nothing that needs it is resolved, and `reason` says so. `pack` supplies the hints of the future.
    """
    narration = _Narration(text, published.day, Hints.of(pack), settings, expressions)
    happened = anchor_days or {}
    following = [*expressions[1:], None]
    return [narration.anchor(e, happened.get(e.span), then) for e, then in zip(expressions, following, strict=False)]


def resolve_stretch(expression: TimeExpression, context: Context) -> Stretch:
    """The stretch of time behind a formula, with its hours; raises `Unresolved`."""
    return settle(evaluate(parse_formula(expression.value), context), context)


class _Narration:
    """What has been named so far while a text is gone through."""

    def __init__(
        self,
        text: str,
        published: date | None,
        hints: Hints,
        settings: DateSettings,
        expressions: Sequence[TimeExpression],
    ) -> None:
        self._text = text
        self._hints = hints
        self._settings = settings
        self._now = datetime(published.year, published.month, published.day) if published else None
        self._day: datetime | None = None
        self._last: Stretch | None = None
        self._day_first = _day_first(expressions)
        self._history = self._tells_history(expressions) if settings.history is None else settings.history

    def anchor(
        self, expression: TimeExpression, event: date | None, following: TimeExpression | None = None
    ) -> TimeExpression:
        """One expression, anchored; later ones may be counted from it, and a time of day from the day named right behind it."""
        if not is_formula(expression.value):
            self._remember_interval(expression)
            return expression
        formula = parse_formula(expression.value)
        context = self._context(expression, event)
        value: Value | None = None
        try:
            value = evaluate(formula, context)
            if isinstance(value, Duration | Vague):
                return replace(
                    expression,
                    value=value.value,
                    reason=value.reason if isinstance(value, Vague) else "it is a length of time, not a date",
                )
            beside = None
            if isinstance(value, Partial) and not value.has_date:
                beside = following and self._day_behind(expression, following)
                day = beside or self._morning_after(value)
                context = replace(context, text=day) if day else context
            stretch = settle(value, context)
        except Unresolved as problem:
            return replace(
                expression,
                value=shapes.symbol(value) if isinstance(value, Partial) else "",
                reason=f"unresolved: {problem}",
            )
        self._remember(stretch)
        dated = self._dated(expression, stretch, context)
        return replace(dated, reason=dated.reason.replace("before it", "beside it")) if beside else dated

    def _day_behind(self, expression: TimeExpression, following: TimeExpression) -> datetime | None:
        """The day right behind a time of day, which that belongs to ("around three in the morning, on Monday"); None when there is none."""
        between = self._text[expression.span.stop : following.span.start]
        if len(between) > _BESIDE or _PARTS.search(between) or not is_formula(following.value):
            return None
        try:
            day = resolve_stretch(following, self._context(following, None))
        except Unresolved:
            return None
        return day.begin if day.grain == "day" and day.first == day.last else None

    def _morning_after(self, time: Partial) -> datetime | None:
        """The second day of the night named last, for a time in its small hours ("in the night to Tuesday, … at two"); None otherwise."""
        last = self._last
        if last is None or last.begin is None or not last.value.endswith(_NIGHT) or self._day != last.begin:
            return None
        if last.first == last.last:  # "Monday night" is Monday's, and what was told of it stays one happening
            return None
        small = time.fields.get("part") == _DAWN or ("hour" in time.fields and int(time.fields["hour"]) < _SMALL_HOURS)
        return last.begin + DAY if small and time.fields.get("part") not in _LATE else None

    def _context(self, expression: TimeExpression, event: date | None) -> Context:
        lean = week_lean = self._settings.lean
        outlook = self._hints.outlook(self._text, expression.span)
        if lean is Lean.PAST:
            # A month or a day of a month far back is rarer than one just ahead; a weekday is the last one unless the text looks ahead.
            lean, week_lean = (Lean.COMING, Lean.FUTURE) if outlook.ahead else (Lean.NEAREST, Lean.PAST)
            if outlook.told and not outlook.ahead:
                lean = Lean.TOLD
        now = self._now
        if self._history and self._last is not None:
            now, lean, week_lean = self._last.begin, Lean.STORY, Lean.STORY
        happened = datetime(event.year, event.month, event.day) if event else None
        return Context(
            now, self._day, happened, lean, week_lean, self._settings.exact, {}, OPERATIONS,
            last=self._last, strict=self._settings.lean is Lean.PAST, behind=outlook.behind, told=outlook.told,
            day_first=self._day_first,
        )  # fmt: skip

    def _dated(self, expression: TimeExpression, stretch: Stretch, context: Context) -> TimeExpression:
        basis, anchor = AnchorBasis.ABSOLUTE, None
        for source in ("event", "text", "now"):
            if source in context.used:
                basis = AnchorBasis.TEXT if source == "now" and context.now is not self._now else _BASIS[source]
                anchor = context.used[source].date()
                break
        reason = stretch.note
        if basis is AnchorBasis.TEXT and anchor:
            reason = f"counted from {anchor.isoformat()}, the date named before it"
        elif basis is AnchorBasis.HAPPENING and anchor:
            reason = f"counted from {anchor.isoformat()}, the day of the happening it names"
        interval = Interval(stretch.first, stretch.last, edtf_of(stretch), _PRECISION[stretch.grain], anchor, basis)
        return replace(
            expression, value=stretch.value, mod=expression.mod or stretch.mod, interval=interval, reason=reason
        )

    def _remember(self, stretch: Stretch) -> None:
        if stretch.begin is not None and stretch.end is not None and rank(stretch.grain) <= rank("year"):
            day = stretch.begin.replace(hour=0, minute=0, second=0, microsecond=0)
            self._last = stretch if day == stretch.begin else replace(stretch, begin=day)
            if rank(stretch.grain) <= rank("day") and stretch.end - stretch.begin <= _TOGETHER:
                self._day = self._last.begin

    def _remember_interval(self, expression: TimeExpression) -> None:
        day = expression.interval.earliest if expression.interval and expression.interval.latest else None
        if day is not None:
            self._day = datetime(day.year, day.month, day.day)

    def _tells_history(self, expressions: Sequence[TimeExpression]) -> bool:
        days = []
        for expression in expressions:
            if expression.type is TimexType.DATE and is_formula(expression.value) and "(year " in expression.value:
                try:
                    stretch = resolve_stretch(expression, Context(None, operations=OPERATIONS))
                except (Unresolved, FormulaError):
                    continue
                if stretch.begin is not None:
                    days.append(stretch.begin)
        if len(days) < _HISTORY_DATES:
            return False
        if self._now is None:
            return True
        now = self._now
        old = sum((now - day).days > _HISTORY_DAYS for day in days)
        dates = sum(e.type is TimexType.DATE for e in expressions)
        near = sum("weekday" in e.value or e.value.startswith("=(shift") for e in expressions)
        return old >= _HISTORY_SHARE * len(days) and old * 4 >= dates and near * 6 <= dates


def _day_first(expressions: Sequence[TimeExpression]) -> bool | None:
    """Whether the dates in digits of a text have the day before the month, as those show that can be read in one way only."""
    shown = set()
    for expression in expressions:
        formula = parse_formula(expression.value) if expression.value.startswith("=(numeric ") else None
        if formula is not None:
            first, second = formula.arguments[:2]
            if isinstance(first, int) and isinstance(second, int) and (first > 12) is not (second > 12):
                shown.add(first > 12)
    return shown.pop() if len(shown) == 1 else None
