"""The JSON API: the ledger for programs, and the OpenAPI document that describes it."""

from ondit.web.api.routes import api_routes

__all__ = ["api_routes"]
