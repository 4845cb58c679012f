"""Puts time expressions on the calendar: publication date, the day named last in the narration, or the day of a named happening."""

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
from ondit.resolve.dates.periods import Stretch, edtf_of, rank
from ondit.resolve.dates.values import Context, Duration, Vague, Value, evaluate, settle

OPERATIONS = {**counting.OPERATIONS, **shapes.OPERATIONS}

_PRECISION = {
    "second": TimePrecision.MINUTE, "minute": TimePrecision.MINUTE, "hour": TimePrecision.HOUR, "part": TimePrecision.PART_OF_DAY,
    "day": TimePrecision.DAY, "weekend": TimePrecision.DAY, "week": TimePrecision.WEEK, "fortnight": TimePrecision.WEEK,
    "month": TimePrecision.MONTH, "quarter": TimePrecision.SEASON, "season": TimePrecision.SEASON, "half": TimePrecision.YEAR,
    "year": TimePrecision.YEAR, "decade": TimePrecision.DECADE, "century": TimePrecision.UNKNOWN,
}  # fmt: skip

_BASIS = {"now": AnchorBasis.PUBLISHED, "text": AnchorBasis.TEXT, "event": AnchorBasis.HAPPENING}

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
    return [narration.anchor(expression, (anchor_days or {}).get(expression.span)) for expression in expressions]


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
        self._history = self._tells_history(expressions) if settings.history is None else settings.history

    def anchor(self, expression: TimeExpression, event: date | None) -> TimeExpression:
        """One expression, anchored; later ones may be counted from it."""
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
            stretch = settle(value, context)
        except Unresolved as problem:
            return replace(
                expression,
                value=shapes.symbol(value) if isinstance(value, Partial) else "",
                reason=f"unresolved: {problem}",
            )
        self._remember(stretch)
        return self._dated(expression, stretch, context)

    def _context(self, expression: TimeExpression, event: date | None) -> Context:
        lean = week_lean = self._settings.lean
        if lean is Lean.PAST:
            ahead = self._hints.looks_ahead(self._text, expression.span)
            # A month or a day of a month far back is rarer than one just ahead; a weekday is the last one unless the text looks ahead.
            lean, week_lean = (Lean.COMING, Lean.FUTURE) if ahead else (Lean.NEAREST, Lean.PAST)
        now = self._now
        if self._history and self._last is not None:
            now, lean, week_lean = self._last.begin, Lean.STORY, Lean.STORY
        happened = datetime(event.year, event.month, event.day) if event else None
        return Context(
            now, self._day, happened, lean, week_lean, self._settings.exact, {}, OPERATIONS,
            last=self._last, strict=self._settings.lean is Lean.PAST, behind=self._hints.looks_back(self._text, expression.span),
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
