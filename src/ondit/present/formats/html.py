"""One self-contained HTML page of happenings: map, timeline, accounts and the words of every claim. It loads nothing from anywhere."""

from ondit.present.formats.dossier import Dossier
from ondit.present.formats.format import File, Format, Made
from ondit.present.formats.packing import LICENCE, PROVENANCE
from ondit.present.html.dossier import render_dossier
from ondit.version import __version__


def make(dossier: Dossier) -> Made:
    """The page."""
    page = render_dossier(dossier, engine=f"ondit {__version__}", notes=(PROVENANCE, LICENCE))
    data = page.encode("utf-8", "replace")
    return Made((File.of("events.html", data),), counts={"claims": sum(len(e.claims) for e in dossier.events)})


FORMAT = Format(
    name="html",
    title="Self-contained HTML dossier",
    suffix=".html",
    rule="Nothing is aggregated away: every value with who supports and who denies it, and what the named rules make of them; every claim with its words.",
    losses=(
        "Full texts of reports; the rule that read each field ('ondit read --html' shows both).",
        "More than 150 places on the map and 120 events on the timeline; they are in the list.",
    ),
    specification="HTML (WHATWG), no script, strict content security policy",
    make=make,
)
