"""Records that are made quickly are records like any other."""

import dataclasses
import gc
import pickle
from dataclasses import FrozenInstanceError, dataclass

import pytest

from ondit.model import Actor, Claim, Count, Evidence, Place, Role, Span
from ondit.model.records import quick, record, replace, uncollected


@dataclass(frozen=True, slots=True)
class Slow:
    name: str
    size: int = 3
    words: tuple[str, ...] = ("a",)


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    size: int = 3
    words: tuple[str, ...] = ("a",)


@record
class Inner:
    name: str
    size: int = 3
    words: tuple[str, ...] = ("a",)


CALLS = [
    (("x",), {}),
    (("x", 5), {}),
    (("x",), {"words": ("b", "c")}),
    ((), {"name": "x", "size": 0, "words": ()}),
]
WRONG_CALLS = [((), {}), (("x", 1, (), 4), {}), (("x",), {"colour": 1}), (("x",), {"name": "y"})]


@pytest.mark.parametrize("cls", [Quick, Inner])
@pytest.mark.parametrize("args, named", CALLS)
def test_the_fields_are_those_of_a_dataclass(cls, args, named):
    assert dataclasses.asdict(cls(*args, **named)) == dataclasses.asdict(Slow(*args, **named))
    assert cls(*args, **named) == cls(*args, **named)
    assert hash(cls(*args, **named)) == hash(cls(*args, **named))
    assert cls(*args, **named) != cls("other")
    assert repr(cls(*args, **named)).partition("(")[2] == repr(Slow(*args, **named)).partition("(")[2]


@pytest.mark.parametrize("cls", [Quick, Inner])
@pytest.mark.parametrize("args, named", WRONG_CALLS)
def test_a_wrong_call_is_refused(cls, args, named):
    with pytest.raises(TypeError):
        cls(*args, **named)


@pytest.mark.parametrize(
    "thing",
    [
        Span(1, 3),
        Evidence("cue", "fr/attribution:selon", (Span(1, 3),), "why"),
        Count("killed", 3, None, Span(1, 3), "three"),
        Actor(Span(1, 3), "they", Role.OTHER),
        Place(Span(1, 3), "Goma"),
        Claim("c1", "r1", Span(1, 3), None, (), "asserts", None),
    ],
)
def test_records_of_the_model_cannot_be_changed_but_copied_and_pickled(thing):
    first = dataclasses.fields(thing)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(thing, first, None)
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert replace(thing) == dataclasses.replace(thing) == thing


@pytest.mark.parametrize("cls", [Slow, Quick, Inner])
def test_replace_changes_what_it_is_told_to(cls):
    assert replace(cls("x", 5), name="y", words=()) == cls("y", 5, ())
    with pytest.raises(TypeError):
        replace(cls("x"), colour=1)


def test_a_span_is_checked():
    with pytest.raises(ValueError, match="not a span"):
        replace(Span(1, 3), start=4)


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_the_search_for_cycles_goes_on_as_before(was_on, fails):
    @uncollected()
    def work():
        assert not gc.isenabled()
        if fails:
            raise LookupError

    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        if fails:
            with pytest.raises(LookupError):
                work()
        else:
            work()
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
