"""ondit reads reports into a claim ledger: who says what, through whom, how sure, about which event, where and when.

>>> import ondit
>>> reading = ondit.read("Police said a bomb killed two people in Mosul.")
>>> [claim.stance.value for claim in reading.claims]
['asserts']
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ondit.version import __version__

if TYPE_CHECKING:
    from ondit.ledger import EventFilters, Filters, Ledger
    from ondit.model import Claim, Event, EventMention, Problem, Reading, Report, Span
    from ondit.pipeline import read, read_report

__all__ = [
    "Claim",
    "Event",
    "EventFilters",
    "EventMention",
    "Filters",
    "Ledger",
    "Problem",
    "Reading",
    "Report",
    "Span",
    "__version__",
    "read",
    "read_report",
]

_HOME = {
    "EventFilters": "ondit.ledger",
    "Filters": "ondit.ledger",
    "Ledger": "ondit.ledger",
    "read": "ondit.pipeline",
    "read_report": "ondit.pipeline",
}


class _Package(ModuleType):
    """`ondit.read` is the function, although a package of that name lies below: the import system may not bind it here."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name == "read" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    # The public names are imported when they are asked for: `ondit --help` must not load the engine.
    if name not in __all__:
        raise AttributeError(f"module 'ondit' has no attribute '{name}'")
    return getattr(import_module(_HOME.get(name, "ondit.model")), name)


if "IPython" in sys.modules:  # records show themselves as tables in a notebook
    import_module("ondit.notebook").register()
