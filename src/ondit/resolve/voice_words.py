"""How a language's voices are worded: its pronouns, its persons and bodies, and how two phrases of one voice are compared."""

from functools import lru_cache

from ondit.languages import load_pack
from ondit.model.records import record
from ondit.text.folding import fold_name, fold_word
from ondit.text.tokens import TokenRules, tokenise

_STOP_LENGTH = 3  # shorter words of a name decide nothing


@record
class VoiceWords:
    """The words of `grammar/attribution` and `words/voices` that tell who a pronoun or a short phrase can mean."""

    pronouns: frozenset[str]
    plural: frozenset[str]
    of_person: frozenset[str]
    of_thing: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    plural_determiners: frozenset[str]
    determiners: frozenset[str]
    of: frozenset[str]
    same: frozenset[str]
    indefinite: frozenset[str]
    general: frozenset[str]
    documents: frozenset[str]
    people: frozenset[str]
    kinds: dict[str, frozenset[str]]
    verbs: "HiddenSubjects"
    hiding: frozenset[str]  # rules by which a verb is its own voice
    owner_ends: str  # what parts an owner from what is his: "the president|'s |residence"; empty where "of" does it
    tokens: TokenRules


@record
class HiddenSubjects:
    """How a verb that hides its subject shows that the subject is feminine or many, and how a voice shows it."""

    endings: tuple[str, ...]
    beginnings: tuple[str, ...]
    of_nouns: tuple[str, ...]
    heads: frozenset[str]
    plural: tuple[str, ...]
    plural_nouns: tuple[str, ...]
    plural_heads: frozenset[str]


@lru_cache(maxsize=16)
def voice_words(language: str) -> VoiceWords:
    """Those of a language pack."""
    pack = load_pack(language)
    anaphora = pack.table("grammar/attribution")["anaphora"]
    voices = pack.table("words/voices")
    return VoiceWords(
        **{
            name: frozenset(anaphora.get(name, ()))
            for name in (
                "pronouns", "plural", "of_person", "of_thing", "masculine", "feminine", "plural_determiners", "determiners", "same", "indefinite",
            )
        },
        of=frozenset(pack.table("grammar/phrases")["words"]["o"]),
        general=frozenset(voices["general"]),
        documents=frozenset(voices["documents"]),
        people=frozenset(voices["people"]),
        kinds={kind: frozenset(heads) for kind, heads in voices["kinds"].items()},
        verbs=HiddenSubjects(
            tuple(anaphora.get("feminine_verb_endings", ())),
            tuple(anaphora.get("feminine_verb_beginnings", ())),
            tuple(anaphora.get("feminine_endings", ())),
            frozenset(anaphora.get("feminine_heads", ())),
            tuple(anaphora.get("plural_verb_endings", ())),
            tuple(anaphora.get("plural_endings", ())),
            frozenset(anaphora.get("plural_heads", ())),
        ),
        hiding=frozenset(
            f"{language}/attribution:{row['name']}"
            for row in pack.table("grammar/attribution")["pattern"]
            if row.get("subject_inside")
        ),
        owner_ends=anaphora.get("owner_ends", ""),
        tokens=pack.token_rules,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def keys_of(text: str, rules: TokenRules) -> tuple[str, ...]:
    """The folded words of a phrase, articles and elided prepositions too."""
    if rules.clitics is not None:
        return tuple(tokenise(text, rules).keys)
    return tuple(fold_word(w) for w in text.replace("’", "'").replace("'", "' ").split())


def ends_in(phrase: str, mention: str, words: VoiceWords) -> bool:
    """Is the mention what the phrase is, not what it is about ("a Taliban | attack" is no name of the Taliban)?"""
    if words.tokens.clitics is not None:
        return True
    whole = phrase.partition(",")[0].partition("(")[0].strip()
    last = last_word(whole, words)
    return not last or whole.split()[-1][:1].isupper() or last in folded(mention, words.tokens)


def is_owned(phrase: str, mention: str, words: VoiceWords) -> bool:
    """Does the mention's name stand in the phrase only as what another thing is of ("the airport of | Baghdad")?"""
    pieces = keys_of(phrase, words.tokens)
    last = keys_of(mention, words.tokens)[-1]
    return last in pieces[1:] and pieces[pieces.index(last) - 1] in words.of


@lru_cache(maxsize=4096)
def folded(text: str, rules: TokenRules) -> tuple[str, ...]:
    """The folded words of a phrase that are long enough to tell two apart."""
    if rules.clitics is not None:  # without what is written together with the words
        return tuple(key for key in tokenise(text, rules).keys if len(key) >= _STOP_LENGTH)
    return tuple(w for w in fold_name(text.replace("'", " ").replace("’", " ")).split() if len(w) >= _STOP_LENGTH)


def last_word(text: str, words: VoiceWords) -> str:
    """The last of the `folded` words, "" when there is none."""
    found = folded(text, words.tokens)
    return found[-1] if found else ""


def content_words(text: str, words: VoiceWords) -> frozenset[str]:
    """The `folded` words but for determiners."""
    return frozenset(folded(text, words.tokens)) - words.determiners


@lru_cache(maxsize=4096)
def initials_of(text: str) -> frozenset[str]:
    """What a name may be called in short: its initials, and what it writes in capitals alone."""
    names = [w.strip("()") for w in text.split() if w.strip("()")[:1].isupper()]
    within = {w.casefold() for w in names if w.isupper() and len(w) > 1}
    return frozenset({"".join(w[0] for w in names).casefold()} | within) if len(names) > 1 else frozenset()
