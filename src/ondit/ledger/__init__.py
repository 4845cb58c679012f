"""The ledger: one façade over taking in, reading, deciding and keeping, for the command line, the web and scripts."""

from ondit.ledger.adding import Added, Outcome
from ondit.ledger.deciding import Undecidable
from ondit.ledger.exporting import Exported
from ondit.ledger.facade import Ledger, LedgerError
from ondit.ledger.rereading import Reread
from ondit.ledger.taking_back import TakenBack
from ondit.stores import EventFilters, EventRow, Filters, Found

__all__ = [
    "Added",
    "EventFilters",
    "EventRow",
    "Exported",
    "Filters",
    "Found",
    "Ledger",
    "LedgerError",
    "Outcome",
    "Reread",
    "TakenBack",
    "Undecidable",
]
