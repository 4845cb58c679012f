"""The ontology of equipment: complete, consistent, tolerant of spellings."""

import pytest

from ondit.ontology.equipment import aliases, compact, equipment_classes, systems


def test_there_are_enough_systems_of_every_domain() -> None:
    assert len(systems()) >= 350
    domains = {system.kind.domain for system in systems().values()}
    assert domains >= {
        "aircraft",
        "drone",
        "air_defence",
        "rocket",
        "missile",
        "artillery",
        "armour",
        "small_arms",
        "explosive",
    }


def test_every_class_has_a_name_and_every_system_an_origin_or_none() -> None:
    assert all(kind.name and kind.domain for kind in equipment_classes().values())
    assert all(
        system.origin == "" or (len(system.origin) == 2 and system.origin.isupper()) for system in systems().values()
    )


def test_a_spelling_means_one_system_unless_capitals_tell_them_apart() -> None:
    shared = {key: [a.written for a in options] for key, options in aliases().items() if len(options) > 1}
    assert all(len(set(written)) == len(written) for written in shared.values()), shared


@pytest.mark.parametrize(
    "written, system",
    [("MQ-9", "mq9"), ("mq 9 reaper", "mq9"), ("Bayraktar TB-2", "tb2"), ("F16", "f16"), ("S 300", "s300"), ("إف-16", "f16"),
     ("Kalachnikov", "ak47"), ("Dôme de fer", "iron_dome"), ("Soukhoï-24", "su24"), ("Shahed 136", "shahed136")],
)  # fmt: skip
def test_spellings(written: str, system: str) -> None:
    assert [alias.system.id for alias in aliases()[compact(written)]] == [system]
