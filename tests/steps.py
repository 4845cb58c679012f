"""Work counted in steps, for tests that it grows with the text and not with its square.

A step is a call of a function: the same on every machine, however busy. Seconds belong to the benchmark.
"""

import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """How many functions `work` calls; what it loads or learns once should have been called before."""
    taken = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal taken
        taken += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return taken
