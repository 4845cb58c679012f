"""Work is in proportion to what is told, counted in steps: many reports, many voices, many figures, one chain of relays."""

import pytest

from ondit.model import Telling
from ondit.weigh import weigh
from ondit.weigh.voices import Known
from tests.steps import steps
from tests.weigh.telling import said, telling, weighed

SHAPES = {
    "one voice in many outlets": lambda n: telling(f"Outlet {n}", 15, said("Red Crescent", killed=9)),
    "many voices, many figures": lambda n: telling("Post", 15 + n % 9, said(f"Hospital Number {n}", killed=n)),
    "names of the same words": lambda n: telling(f"Outlet {n}", 15, said(f"Ministry of Health Spokesman {n}x")),
    "each cites the one before": lambda n: telling(f"Outlet {n}", 15, said(f"Outlet {n - 1}")),
    "many unnamed": lambda n: telling(f"Outlet {n}", 15, said(f"sources: sources number{n}")),
}


@pytest.mark.parametrize("name", SHAPES)
def test_work_is_in_proportion(name: str) -> None:
    def told(count: int) -> list[Telling]:
        return [SHAPES[name](n) for n in range(count)]

    event, known, small, large = weighed(*told(3)), Known.of({}), told(50), told(200)
    weigh(event, large, known)
    assert steps(lambda: weigh(event, large, known)) < 1.5 * 4 * steps(lambda: weigh(event, small, known))
