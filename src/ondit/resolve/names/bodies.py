"""Bodies of states by rule: a country and a generic noun, in any order and any of the languages that are known."""

from dataclasses import dataclass

from ondit.model import Role
from ondit.registry.bodies import STATE, composed_id
from ondit.resolve.names.keys import Key
from ondit.resolve.names.words import NameWords, is_written, nations_within


@dataclass(frozen=True, slots=True)
class Composed:
    """Bodies that a phrase may mean.

    `itself` is False for those who act for it (soldiers, warplanes), `sure` is False where the words may well mean others of that country.
    """

    ids: tuple[str, ...]
    itself: bool = True
    sure: bool = True


def compose_body(key: Key, words: NameWords, text: str, role: Role | None = None) -> Composed | None:
    """The body that a phrase names: "Iraqi army", "l'armée irakienne", الجيش العراقي. All its words must be used.

    Of those with a part in a happening (`role`) figures before them are passed over ("30 Iraqi soldiers"); an adjective alone ("Israeli
    strikes") and mere aircraft mean the state's where they did it, and may where they suffered it.

    >>> from ondit.resolve.names.keys import key_of
    >>> from ondit.resolve.names.words import name_words
    >>> compose_body(key_of("le ministère nigérien de la défense"), name_words(), "").ids
    ('ne.defence_ministry',)
    """
    plain = words.plain(key)
    counted = bool(role) and len(plain) > 1 and words.is_number(plain[0])
    plain = plain[1:] if counted else plain
    if plain in words.bodies or plain in words.acting:
        return None  # a ministry of finance is nobody's without a country, even where its word sounds like one
    if plain in words.nations and is_written(plain, words, text):
        return Composed(_ids(words.nations[plain], STATE))
    if plain in words.seats:
        return Composed(_ids((words.seats[plain],), STATE))
    if role and not counted and plain in words.adjectives:
        return Composed(_ids(words.adjectives[plain], STATE), sure=role is Role.PERPETRATOR)
    return _of_parts(plain, words, text, role)


def _of_parts(plain: Key, words: NameWords, text: str, role: Role | None) -> Composed | None:
    for start, stop, codes in nations_within(plain, words, text):
        rest = plain[:start] + plain[stop:]
        if (body := words.bodies.get(rest)) is not None:
            return Composed(_ids(codes, body))
        if (body := words.acting.get(rest)) is not None:
            return Composed(_ids(codes, body), itself=False)
        if role and (body := words.machines.get(rest)) is not None:
            return Composed(_ids(codes, body), itself=False, sure=role is Role.PERPETRATOR)
    return None


def _ids(codes: tuple[str, ...], body: str) -> tuple[str, ...]:
    return tuple(composed_id(code, body) for code in codes)
