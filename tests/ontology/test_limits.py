"""Public figures for reach and height: each has a source and belongs to something in the ontology."""

from ondit.ontology.equipment import systems
from ondit.ontology.limits import KINDS, limit_of, limits


def test_every_figure_has_a_source_and_is_sane() -> None:
    assert len(limits()) >= 60
    for limit in limits().values():
        assert limit.kind in KINDS and len(limit.source) > 10
        assert 0 < limit.value <= (1_000 if limit.kind == "reach" else 25_000)


def test_what_flies_works_below_its_ceiling() -> None:
    for (id_, kind), limit in limits().items():
        if kind == "cruise" and (id_, "ceiling") in limits():
            assert limit.value <= limits()[id_, "ceiling"].value


def test_a_system_without_a_figure_takes_that_of_its_class() -> None:
    assert systems()["bofors"].kind.id == "anti_aircraft_gun"
    gun = limit_of("bofors", "height")
    assert gun is not None and gun.id == "anti_aircraft_gun"
    assert limit_of("f16", "reach") is None and limit_of(None, "reach") is None
