"""Problems on standard error: one line each, with the place and the remedy; JSON lines when JSON is asked for."""

import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from ondit.model import Problem, Report, Severity
from ondit.present.terminal import Colour, clean, paint


def report_problems(
    problems: Iterable[Problem], *, name: str, report: Report | None = None, as_json: bool = False, colour: bool = False
) -> bool:
    """Write the problems of one input; tells whether one of them was an error."""
    failed = False
    for problem in problems:
        placed = replace(problem, where=place_of(problem, name, report))
        sys.stderr.write(_as_json(placed) if as_json else problem_line(placed, colour=colour))
        failed = failed or problem.severity is Severity.ERROR
    sys.stderr.flush()
    return failed


def problem_line(problem: Problem, *, colour: bool = False) -> str:
    """`place: error: what happened; what to do [code]`."""
    mark = paint(f"{problem.severity}:", Colour.RED if problem.severity is Severity.ERROR else Colour.YELLOW, on=colour)
    place = f"{clean(problem.where)}: " if problem.where else ""
    return f"{place}{mark} {clean(problem.message)}; {clean(problem.remedy)} [{problem.code}]\n"


def place_of(problem: Problem, name: str, report: Report | None) -> str:
    """The file, with line and column when the problem has characters of the report."""
    if report is None or problem.span is None:
        return problem.where if problem.where and (report is None or problem.where != report.id) else name
    line, column = line_and_column(report.text, problem.span.start)
    return f"{name}:{line}:{column}"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _as_json(problem: Problem) -> str:
    from ondit.codec import encode_problem

    return encode_problem(problem).decode() + "\n"
