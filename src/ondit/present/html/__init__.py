"""The self-contained HTML page: no network, everything escaped, readable without script."""

from ondit.present.html.index import render_index
from ondit.present.html.page import render_page

__all__ = ["render_index", "render_page"]
