"""The adapters of MUC-4 and PLOVER on invented texts: what they put out stands in the text, and nothing breaks them."""

import pytest

from evaluation import muc4, plover

TEXT = (
    "two unidentified men kidnapped and killed mayor juan carlos mendoza lopez in his car last night.    the police reported "
    "that a car bomb exploded at the agrarian bank.  the attack was attributed to the shining path.  "
)


def mentions(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {role: set() for role in muc4.ROLES}
    for template in muc4.predict({"text": text})["templates"]:
        for role in muc4.ROLES:
            found[role] |= {mention for entity in template[role] for mention in entity}
    return found


def test_the_entities_of_a_report() -> None:
    found = mentions(TEXT)
    assert found["Victim"] == {"juan carlos mendoza lopez"}
    assert found["PerpInd"] == {"two unidentified men"}
    assert found["PerpOrg"] == {"shining path"}
    assert "agrarian bank" in found["Target"]
    assert found["Weapon"] == {"car bomb"}


def test_every_mention_stands_in_the_text() -> None:
    plain = " ".join(TEXT.split())
    assert all(mention in plain for entities in mentions(TEXT).values() for mention in entities)


@pytest.mark.parametrize("text", ["", "the president opened a bridge.", "(begin recording) (end recording)", "a" * 500])
def test_a_text_without_an_incident_has_no_template(text: str) -> None:
    assert muc4.predict({"text": text})["templates"] == []


def test_capitals_are_put_where_they_belong_and_nothing_moves() -> None:
    cased = muc4.cased(TEXT, muc4.load_pack("en"))
    assert cased.lower() == TEXT
    assert "Juan Carlos Mendoza Lopez" in cased
    assert "Shining Path" in cased


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The rebels rejected a proposal for talks.", "REJECT"),
        ("Students demonstrated in the capital on Monday.", "PROTEST"),
        ("The general threatened to bomb the port.", "THREATEN"),
        ("Police arrested ten traders.", "COERCE"),
        ("Troops shelled the village on Friday.", "FIGHT"),
        ("The two countries agreed to reopen the border.", "AGREE"),
        ("Militants kidnapped two teachers.", "ASSAULT"),
    ],
)
def test_codes_of_sentences(text: str, code: str) -> None:
    assert plover.predict({"text": text})["event"] == code


def test_who_does_it_to_whom() -> None:
    row = plover.predict({"text": "Militants kidnapped two teachers."})
    assert [a["actorText"] for a in row["source"]] == ["Militants"]
    assert [a["actorText"] for a in row["target"]] == ["two teachers"]
