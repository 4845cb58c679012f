"""The ledger: one façade over taking in, reading, deciding and keeping, for the command line, the web and scripts."""

from ondit.ledger.adding import Added, Outcome
from ondit.ledger.deciding import Undecidable
from ondit.ledger.facade import Ledger, LedgerError
from ondit.ledger.rereading import Reread
from ondit.stores import EventFilters, EventRow, Filters, Found

__all__ = [
    "Added",
    "EventFilters",
    "EventRow",
    "Filters",
    "Found",
    "Ledger",
    "LedgerError",
    "Outcome",
    "Reread",
    "Undecidable",
]
