"""What formulas evaluate to, and the context they are evaluated in. Nothing here knows a language.

A formula's value is a `Partial` (fields of a date), a `Stretch` (a date), a `Duration` or a `Vague`.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime

from ondit.model.records import record
from ondit.resolve.dates.formula import Formula, FormulaError
from ondit.resolve.dates.partials import Lean, Partial, Unresolved, resolve_partial
from ondit.resolve.dates.periods import Stretch, rank


@record
class Duration:
    """A length of time without a place on the calendar; `n` is None when only the unit is told ("some days")."""

    value: str
    n: int | None = None
    unit: str = ""


@record
class Vague:
    """PAST_REF, PRESENT_REF, FUTURE_REF, or a set: a value, but no date."""

    value: str
    reason: str = ""


@record
class Context:
    """What dates are counted from.

    `now`: the publication date; `text`: the day named last in the narration; `event`: the day of a named happening; each None when
    there is none. `used` collects those an evaluation needed. `last` is the date named last, of any grain; `strict`: what is
    counted in days from the narration ("two days later") is not counted from the publication instead. `behind`: the sentence tells
    what has been ("had left by Friday"); `told`: it tells what was done at the date ("were fought until Friday"). `day_first`: the order of
    day and month in the report's numeric dates, None when none of them shows it.
    """

    now: datetime | None
    text: datetime | None = None
    event: datetime | None = None
    lean: Lean = Lean.PAST
    week_lean: Lean = Lean.PAST
    exact: bool = False
    used: dict[str, datetime] = field(default_factory=dict)
    operations: "Mapping[str, Operation]" = field(default_factory=dict, repr=False)
    last: Stretch | None = None
    strict: bool = False
    behind: bool = False
    told: bool = False
    day_first: bool | None = None

    def reference(self) -> datetime:
        """The publication date; raises `Unresolved` when there is none."""
        if self.now is None:
            raise Unresolved("it is counted from the publication date, which is not known")
        return self._note("now", self.now)

    def narrated(self, unit: str = "day") -> datetime:
        """The named happening's day, else what was named last; for units longer than a week else the publication date."""
        if self.event is not None:
            return self._note("event", self.event)
        if rank(unit) > rank("week") and self.last is not None and self.last.begin is not None:
            return self._note("text", self.last.begin)
        if self.text is not None:
            return self._note("text", self.text)
        if self.strict and rank(unit) <= rank("week"):
            raise Unresolved("it is counted from a day named before it, and there is none")
        return self.reference()

    def _note(self, what: str, moment: datetime) -> datetime:
        self.used[what] = moment
        return moment


Value = Partial | Stretch | Duration | Vague
Argument = Formula | int | str
Operation = Callable[..., Value]


def evaluate(formula: Argument, context: Context) -> Value:
    """What a formula stands for; raises `Unresolved` with the reason, `FormulaError` for a grammar's mistake."""
    if not isinstance(formula, Formula):
        raise FormulaError(f"a formula was expected, not {formula!r}")
    operation = context.operations.get(formula.name)
    if operation is None:
        raise FormulaError(f"there is no operation '{formula.name}'")
    try:
        return operation(context, *formula.arguments)
    except OverflowError:
        raise Unresolved("it lies outside the years 1 to 9999") from None
    except TypeError as error:
        raise FormulaError(f"'{formula.name}' with {formula.arguments}: {error}") from error
    except FormulaError:
        raise
    except (LookupError, ValueError) as error:
        # One expression that no rule foresaw costs no reading: it stays without a date, and says so.
        raise Unresolved(f"it cannot be counted on a calendar ({error})") from error


def date_of(argument: Argument, context: Context) -> Stretch:
    """The date a formula stands for; raises `Unresolved` when it has none."""
    return settle(evaluate(argument, context), context)


def settle(value: Value, context: Context) -> Stretch:
    """A value as a date on the calendar."""
    if isinstance(value, Stretch):
        return value
    if isinstance(value, Partial):
        if "year" in value.fields and ("month" in value.fields or not {"day", "weekday"} & set(value.fields)):
            return resolve_partial(value, datetime(2000, 1, 1), context.lean)
        if not value.has_date and context.text is not None:
            return resolve_partial(value, context.narrated(), context.lean)
        lean = context.week_lean if "weekday" in value.fields and "day" not in value.fields else context.lean
        return resolve_partial(value, context.reference(), lean)
    raise Unresolved("it is a length of time, not a date" if isinstance(value, Duration) else "it names no date")


def number(argument: Argument) -> int:
    """A number, or a sum or product of numbers (number words)."""
    if isinstance(argument, int):
        return argument
    if isinstance(argument, Formula) and argument.name in ("+", "*"):
        values = [number(a) for a in argument.arguments]
        if argument.name == "+":
            return sum(values)
        result = 1
        for value in values:
            result *= value
        return result
    raise FormulaError(f"a number was expected, not {argument!r}")
