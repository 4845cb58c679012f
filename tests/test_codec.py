"""Readings ⇄ JSON, and the published schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ondit import codec
from ondit.model import Problem, Reading, Report, Severity, Span
from tests.readings import samarra

SCHEMA = Path(__file__).parent.parent / "docs" / "reference" / "schema" / "ondit-reading-1.json"

spans = st.tuples(st.integers(0, 10_000), st.integers(0, 500)).map(lambda t: Span(t[0], t[0] + t[1]))
st.register_type_strategy(Span, spans)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**53), 2**53))


@settings(max_examples=25, deadline=None)
@given(st.from_type(Reading))
def test_decode_is_the_inverse_of_encode(reading: Reading) -> None:
    data = codec.encode(reading)
    assert codec.decode(data) == reading
    assert b"\n" not in data
    assert codec.encode(codec.decode(data)) == data


def test_the_shape() -> None:
    document = json.loads(codec.encode(samarra()))
    assert document["schema"] == "ondit-reading/1"
    assert document["engine"].startswith("ondit ")
    assert document["report"]["published"] == {"day": "2022-01-30", "basis": "given"}
    text, claim = document["report"]["text"], document["claims"][1]
    start, stop = claim["content"]
    assert text[start:stop].startswith("avoir pris pour cible")
    assert [v["kind"] for v in claim["chain"]] == ["social_channel", "anonymous"]
    assert claim["evidence"][0]["spans"] == [claim["content"]]


def test_the_committed_schema_is_the_generated_one() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == codec.schema_text(), "run: python -m ondit.codec"


def test_what_is_written_follows_the_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(codec.encode(samarra())))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": "ondit-reading/2"}, "schema"),
        ({"claims": [{}]}, "claims[0]"),
        ({"report": None}, "report"),
    ],
)
def test_the_schema_and_the_decoder_refuse_the_same(change: dict[str, object], says: str) -> None:
    document = json.loads(codec.encode(samarra())) | change
    assert not jsonschema.Draft202012Validator(codec.schema()).is_valid(document)
    with pytest.raises(codec.CodecError, match="no 'ondit-reading/1' document") as caught:
        codec.decode(json.dumps(document))
    assert says in str(caught.value)


@pytest.mark.parametrize("span", [[3, 1], [-1, 2], [1], ["a", 2]])
def test_a_span_that_is_none_is_refused(span: list[object]) -> None:
    document = json.loads(codec.encode(samarra()))
    document["claims"][0]["content"] = span
    with pytest.raises(codec.CodecError):
        codec.decode(json.dumps(document))


def test_lone_surrogates_are_refused_with_a_remedy() -> None:
    with pytest.raises(codec.CodecError, match="intake"):
        codec.encode(Reading(Report("r", "a\ud800")))


def test_problems_alone() -> None:
    line = codec.encode_problem(Problem("empty-input", "nothing", "look", "a.txt", Span(1, 2), Severity.WARNING))
    assert json.loads(line) == {
        "code": "empty-input", "message": "nothing", "remedy": "look", "where": "a.txt", "span": [1, 2], "severity": "warning",
    }  # fmt: skip
