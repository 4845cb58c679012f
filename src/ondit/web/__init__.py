"""The desk: a local web app for reading, mapping and reviewing a ledger. Needs the extra `web`."""

from ondit.web.app import make_app
from ondit.web.desk import Access, Desk, Ledgers

__all__ = ["Access", "Desk", "Ledgers", "make_app"]
