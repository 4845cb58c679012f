"""Who is known by which names: a starter registry of outlets, bodies, armed groups and persons as data, and its readers.

The shipped entries are in `entries/`, one row each; generic bodies of states ("ministry of defence of …") are composed of
`bodies.tsv` and `nations.tsv`; a user's own entries come from `sources.toml` files. No entry that is shipped has a reliability
letter: those are set by people, in their own files.
"""

from ondit.registry.bodies import COMPOSED, Body, bodies
from ondit.registry.book import Registry, load_registry, outlet_names, shipped_abbreviations, source_kinds
from ondit.registry.nations import Nation, nations
from ondit.registry.projects import read_project
from ondit.registry.tables import shipped_sources

__all__ = [
    "COMPOSED",
    "Body",
    "Nation",
    "Registry",
    "bodies",
    "load_registry",
    "nations",
    "outlet_names",
    "read_project",
    "shipped_abbreviations",
    "shipped_sources",
    "source_kinds",
]
