"""Where work is done: here, in several processes of this machine, or on a cluster. Runners know nothing of what they run.

A runner takes items as they come, does the work that each asks for, and gives the results in the order of the items: whichever runner it
is, the result is the same. The work is a pure function that can be pickled, like its argument and its result.
"""

import os
from collections.abc import Callable

from ondit.runners.contract import Done, Order, Runner, RunnerError
from ondit.runners.here import Here

__all__ = ["Done", "Here", "Order", "Runner", "RunnerError", "cores", "runner_for"]


def cores() -> int:
    """How many processors this process may use."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def runner_for(jobs: int, prepare: Callable[[], object], *, large: bool = False) -> Runner:
    """A runner of so many processes; `prepare` is what each of them does first. For `large` pieces of work processes pay from the first on."""
    if jobs < 2:
        return Here()
    from ondit.runners.processes import FEW, Processes

    return Processes(jobs, prepare, few=0 if large else FEW)
