"""Whatever is asked, the SQL finds what the plain predicates of the store in memory find."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ondit.decide import decide
from ondit.model import Decision, DecisionKind, Footing, Stance, Standing
from ondit.stores import MEMORY, Filters, Store, open_store
from tests.contracts.ledger_reports import TEXTS, entry, put
from tests.postgres import PostgresServer

WORDS = sorted({word for *_, text in TEXTS.values() for word in text.split()})
queries = st.one_of(
    st.just(""),
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: word[:3] + "*"),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join),
    st.integers(0, 60).flatmap(lambda n: st.sampled_from([f'"{text[n : n + 20]}"' for *_, text in TEXTS.values()])),
    st.text(max_size=8),
)
degrees = st.integers(-18, 18).map(lambda n: n * 10)
boxes = st.tuples(degrees, degrees, degrees, degrees).map(
    lambda b: (min(b[0], b[2]) / 2, b[1], max(b[0], b[2]) / 2, b[3])
)
filters = st.builds(
    Filters,
    source=st.sampled_from(["", "", "fil", "Harbour Post", "pacific"]),
    voice=st.one_of(st.just(""), queries),
    stance=st.sampled_from([None, None, *Stance]),
    type=st.sampled_from(["", "", "air_strike", "armed_attack", "arrest"]),
    place=st.sampled_from(["", "", "IQ", "Mosul", "Sana'a", "ma*"]),
    near=st.one_of(
        st.none(), st.tuples(degrees.map(lambda d: d / 2), degrees, st.sampled_from([0, 50, 500, 5_000, 20_000]))
    ),
    box=st.one_of(st.none(), boxes),
    since=st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2025, 1, 1))),
    until=st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2025, 1, 1))),
    text=queries,
    standing=st.sampled_from([None, None, *Standing]),
    versions=st.booleans(),
)


def filled(store: Store) -> Store:
    put(store)
    newer = entry("samarra", edited="2022-01-30T10:00:00+00:00")
    claim = entry("mosul").reading.claims[0]
    made = Decision(
        "d1", DecisionKind.REJECT, (claim.id,), (Footing(claim.id, claim.report_id, claim.content),), by="ana"
    )
    with store.writing():
        store.add(newer, decide(newer.reading, ()).shown)
        store.append(made)
        store.show(decide(entry("mosul").reading, [made]).shown)
    return store


@pytest.fixture(scope="module")
def plain() -> Store:
    return filled(open_store(MEMORY))


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(open_store(tmp_path_factory.mktemp("stores") / "a.ledger", create=True))
    yield store
    store.close()


@pytest.fixture(scope="module")
def server(postgres: PostgresServer) -> Iterator[Store]:
    store = filled(open_store(postgres.address(), create=True))
    yield store
    store.close()


def agree(plain: Store, other: Store, wanted: Filters) -> None:
    found = [one.claim.id for one in plain.claims(wanted)]
    assert [one.claim.id for one in other.claims(wanted)] == found
    assert other.count(wanted) == len(found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=filters)
def test_the_file_finds_what_memory_finds(plain: Store, embedded: Store, wanted: Filters) -> None:
    agree(plain, embedded, wanted)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=filters)
def test_the_server_finds_what_memory_finds(plain: Store, server: Store, wanted: Filters) -> None:
    agree(plain, server, wanted)
