"""What is to be taken out."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from ondit.text.folding import fold_name

_SHORTEST_KEY = 16  # bytes
_CHARACTERS = 8  # of a pseudonym: 40 bits


class WrongRedaction(ValueError):
    """A redaction that cannot be made; the message says why and what to do."""


class Profile(StrEnum):
    """What is taken out. `persons`: names of private persons · `places`: exact places, coarsened · `sources`: outlets, channels and addresses, by pseudonym."""

    PERSONS = "persons"
    PLACES = "places"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is taken out, by which key, which names besides (`names`) and which not (`keep`).

    `key` makes the pseudonyms (HMAC-SHA-256): the same key gives the same name the same pseudonym in every export, and nobody without it can try names out.
    `own_key` says that the user gave it; a key that was made for one export and thrown away links nothing.
    """

    what: frozenset[Profile]
    key: bytes
    names: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    own_key: bool = False

    def __post_init__(self) -> None:
        if len(self.key) < _SHORTEST_KEY:
            raise WrongRedaction(f"a key has {_SHORTEST_KEY} bytes or more; this one has {len(self.key)}")

    def pseudonym(self, kind: str, name: str) -> str:
        """What stands for a name: "person-k3m9q2xa"; spellings that differ in accents or case only get the same."""
        digest = hmac.new(
            self.key, f"{kind}\0{fold_name(name)}".encode("utf-8", "surrogatepass"), hashlib.sha256
        ).digest()
        return f"{kind}-{base64.b32encode(digest).decode().lower()[:_CHARACTERS]}"

    def id(self, id_: str) -> str:
        """What stands for an id: the same letter and as many hex digits, not to be worked out without the key."""
        digest = hmac.new(self.key, f"id\0{id_}".encode(), hashlib.sha256).hexdigest()
        return id_[:1] + digest[: len(id_) - 1]


def parse_profiles(text: str) -> frozenset[Profile]:
    """Profiles between commas, or `all`; raises `WrongRedaction`.

    >>> sorted(parse_profiles("persons,places"))
    [<Profile.PERSONS: 'persons'>, <Profile.PLACES: 'places'>]
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = {profile.value for profile in Profile}
    wrong = [name for name in names if name not in known | {"all"}]
    if wrong or not names:
        raise WrongRedaction(
            f"'{', '.join(wrong)}' is nothing that can be redacted; write all, or some of {', '.join(sorted(known))}"
        )
    return frozenset(Profile) if "all" in names else frozenset(Profile(name) for name in names)
