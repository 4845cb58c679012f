"""The sets: which fields an adapter may see, which adapter reads them, which files are the development split.

An adapter is a module of this package with `predict(row) -> dict`. It is given only the fields listed in `visible` (so no label can
reach it, whatever else a file holds) and no id (ids encode answers). Where rows mean something only together (claims of many sources, reports
of one event) it has `predict_all(rows)`: it is given the rows with numbers for ids and names its predictions by them.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from evaluation.bench import Row

Predict = Callable[[Row], Row]


class UnknownSet(Exception):
    """There is no set of this name; the message lists those there are."""


@dataclass(frozen=True)
class Set:
    """A family of files with one adapter and one scorer.

    `files` are its development files by short name, `gold` the answers where they lie elsewhere, `training` the files that may be
    looked at and learnt from; those are scored only when they are named. `together` marks a set whose rows are read at once; a
    prediction is then about whatever the field `about` names. `named` is False where rows have no id of their own.
    """

    name: str
    visible: frozenset[str]
    labels: frozenset[str]
    files: Mapping[str, str]
    gold: Mapping[str, str] = field(default_factory=dict)
    training: Mapping[str, str] = field(default_factory=dict)
    together: bool = False
    about: str = "id"
    named: bool = True

    def module(self) -> ModuleType:
        """The adapter's module."""
        return importlib.import_module(f"evaluation.{self.name.replace('-', '_')}")

    def adapter(self) -> Predict:
        """The function that reads one row; imports the adapter's module."""
        predict: Predict = self.module().predict
        return predict

    def hide(self, row: Row) -> Row:
        """What of a row an adapter may see."""
        return {key: value for key, value in row.items() if key in self.visible}

    def gold_file(self, part: str) -> str:
        """The file that holds the answers of a part (most sets keep them beside the texts)."""
        return self.gold.get(part) or self.text_file(part)

    def text_file(self, part: str) -> str:
        """The file that holds the texts of a part."""
        return self.files[part] if part in self.files else self.training[part]


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


SETS: Mapping[str, Set] = {
    s.name: s
    for s in (
        Set(
            "claims",
            visible=_fields("lang published published_basis outlet title url text"),
            labels=_fields("claims events"),
            files={"": "claims/reports.jsonl"},
            gold={"": "claims/gold.jsonl"},
        ),
        Set(
            "polnear",
            visible=_fields("lang text date publisher title"),
            labels=_fields("attributions other_annotators"),
            files={"": "polnear/dev.jsonl"},
            training={"train": "polnear/train.jsonl"},
            together=True,  # learnt once, for all rows
        ),
        Set(
            "polnear-rules",
            visible=_fields("lang text date publisher title"),
            labels=_fields("attributions other_annotators"),
            files={"": "polnear/dev.jsonl"},
            training={"train": "polnear/train.jsonl"},
        ),
        Set(
            "timex",
            visible=_fields("lang dct title text"),
            labels=_fields("timex begin end grain kind raw"),
            files={
                "timebank": "timex/timebank.jsonl",
                "aquaint": "timex/aquaint.jsonl",
                "wikiwars": "timex/wikiwars_train.jsonl",
                "duckling_fr": "timex/duckling_fr_dev.jsonl",
                "duckling_en": "timex/duckling_en_dev.jsonl",
                "duckling_ar": "timex/duckling_ar_dev.jsonl",
                "recognizers_fr": "timex/recognizers_fr_dev.jsonl",
                "recognizers_en": "timex/recognizers_en_dev.jsonl",
                "recognizers_ar": "timex/recognizers_ar_dev.jsonl",
            },
        ),
        Set(
            "geo",
            visible=_fields("lang title date url domain text"),
            labels=_fields("toponyms non_places"),
            files={"trnews": "geo/trnews.jsonl", "geowebnews": "geo/geowebnews_dev.jsonl"},
        ),
        Set(
            "muc4",
            visible=_fields("lang text raw_text grit_text"),
            labels=_fields("templates muc_templates entities"),
            files={"": "muc4/dev.jsonl"},
            training={"train": "muc4/train.jsonl"},
        ),
        Set(
            "plover",
            visible=_fields("lang text"),
            labels=_fields("event event_text source target mode context markup comment"),
            files={"": "plover/plover_dev.jsonl"},
        ),
        Set(
            "accounts",
            visible=_fields("lang published outlet text"),
            labels=_fields("claims events"),
            files={"": "claims/reports.jsonl"},
            gold={"": "claims/gold.jsonl"},
            together=True,
        ),
        Set(
            "truth",
            visible=_fields("source value"),
            labels=_fields(""),
            files={"population": "truth/population_claims.jsonl"},
            gold={"population": "truth/population_truth.jsonl"},
            together=True,
            about="object",
            named=False,
        ),
        Set(
            "maverick-weigh",
            visible=_fields(
                "source_classification source_author source deaths_best deaths_low deaths_high date_start date_end"
            ),
            labels=_fields(""),
            files={"": "maverick/reports_kenya.jsonl"},
            together=True,
            about="event_id",
        ),
        Set(
            "groups",
            visible=_fields("lang published published_basis outlet title url text"),
            labels=_fields("claims events"),
            files={"": "claims/reports.jsonl"},
            gold={"": "claims/gold.jsonl"},
            together=True,
        ),
        Set(
            "maverick",
            visible=_fields(
                "country election date_start date_end city location latitude longitude geo_precision event_context target displacement damage "
                "source source_author source_type source_classification deaths_best deaths_low deaths_high injuries_best injuries_low "
                "injuries_high "
                + " ".join(f"actor{i} actor{i}_type actor{i}_perpetrator actor{i}_victim" for i in range(1, 7))
            ),
            labels=_fields("event_id"),
            files={"": "maverick/reports_kenya.jsonl"},
            together=True,
        ),
        Set(
            "ecbplus",
            visible=_fields("lang topic text sentences mentions"),  # without the clusters of the mentions
            labels=_fields("subtopic"),
            files={"": "ecbplus/dev.jsonl"},
            together=True,
        ),
        Set(
            "meantime",
            visible=_fields("lang topic dct text sentences mentions"),  # without the clusters of the mentions
            labels=_fields("relations"),
            files={"": "meantime/dev.jsonl"},
            together=True,
        ),
        Set(
            "fr_headlines",
            visible=_fields("lang text"),
            labels=_fields("cluster category"),
            files={"": "fr_headlines/dev.jsonl"},
            together=True,
        ),
    )
}


def find_set(name: str) -> tuple[Set, str]:
    """The set and part of a name: `timex/timebank` → timex, timebank; `timex` → timex, "" (every part)."""
    family, _, part = name.partition("/")
    known = SETS.get(family)
    if known is None or (part and part not in {*known.files, *known.training}):
        names = [n for s in SETS.values() for n in (s.name, *(f"{s.name}/{p}" for p in (*s.files, *s.training) if p))]
        raise UnknownSet(f"there is no set '{name}'; sets: {' '.join(names)}")
    return known, part


def parts_of(known: Set, part: str) -> tuple[str, ...]:
    """The named part, or every part in a language that ondit has a pack for."""
    if part:
        return (part,)
    from ondit.languages import available_languages

    def readable(name: str) -> bool:
        code = name.rpartition("_")[2]
        return len(code) != 2 or code in available_languages()

    return tuple(name for name in known.files if readable(name))
