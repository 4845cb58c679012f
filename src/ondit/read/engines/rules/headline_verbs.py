"""The present tense of headlines, which a tagger takes for a noun: "Gunmen | kidnap | 12 students", "Drone | hits | fuel depot"."""

from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import Pack, load_pack
from ondit.read.engines.rules.lexicon import load_lexicon
from ondit.read.engines.rules.verb_first_tags import frames_of

_NOUN_LIKE = "NPA?viRI"  # what a model calls a verb that it does not know for one
_OBJECT = "NP#DA?"  # what an object begins with
_BEHIND_PAST = "NP#DAER"  # what goes on "says | recaptured …", "says | shot | down …"
_WHAT_IS_SAID = "NP#DASI"  # what begins what is said without "that"
_DETERMINER = 5  # letters of the longest determiner that ends like a plural


class HeadlineVerbs:
    """Verbs by form: the present of several ("rebels | attack"), of one ("army | attacks"), the past ("Israel | struck")."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("grammar/phrases").get("headlines", {})
        self.breaks = frozenset(table.get("breaks", ()))
        self.grows = frozenset(table.get("grows", ()))
        self.clause_subjects = frozenset(table.get("clause_subjects", ()))
        self.judged = table.get("judged", "")
        self.adverbs = tuple(table.get("adverb_endings", ()))
        self.ends = self.breaks - {self.judged}
        self.subjects = frozenset(table.get("subjects", ()))
        self.plural = frozenset(table.get("plural", ()))
        self.endings = tuple(table.get("plural_endings", ()))
        self.days = frozenset(table.get("days", ()))
        never = frozenset(table.get("never", ()))
        forms = [
            line.split("\t")
            for name in ("happenings.forms.tsv", "reporting.forms.tsv")
            for line in (pack.lines(name) if table else ())
        ]
        self.of_many = frozenset(form for form, lemma in forms if form == lemma) - never
        one = table.get("of_one", "")
        self.of_one = frozenset(form for form, lemma in forms if form != lemma and form.endswith(one)) - never
        neither = (table.get("of_one", " "), table.get("neither", " "))
        self.past = frozenset(f for f, lemma in forms if f != lemma and not f.endswith(neither)) - never
        self.forms = self.of_many | self.of_one | self.past
        lines = pack.lines("happenings_nouns.tsv") if table else ()
        self.happenings = frozenset(form for line in lines for form in _spelt(line.split("\t")[0]))
        self.lexicon = load_lexicon(pack)
        self.told = frozenset(
            word for line in pack.lines("reporting_nouns.tsv") for word in line.split("\t")[0].split()
        )

    def tolls(self, keys: Sequence[str], tags: list[str]) -> None:
        """As in "Toll from mosque blast | climbs | to 59": changes `tags` in place."""
        for at in () if self.grows.isdisjoint(keys) else range(1, len(tags) - 1):
            behind = at + 1 + (keys[at + 1] in self.breaks)
            if keys[at] in self.grows and tags[at] in "NPA?" and tags[behind : behind + 1] == ["#"]:
                tags[at] = "V"

    def put_right(self, keys: Sequence[str], tags: list[str]) -> None:
        """Changes `tags` in place: of each stretch between marks and conjunctions that has no finite verb."""
        if self.forms.isdisjoint(keys):
            return
        self._nouns(keys, tags)
        for at in range(1, len(tags) - 1):
            if tags[at] in "NP?" and keys[at] in self.of_many and self._is_infinitive(keys, tags, at):
                tags[at - 1], tags[at] = "T", "i"
            if tags[at] in _NOUN_LIKE and self._is_verb_behind(keys, tags, at):
                tags[at] = "V"
        begin, before = 0, ""
        for stop in [*(at for at, tag in enumerate(tags) if tag in ".CS" or keys[at] in self.breaks), len(tags)]:
            piece = tags[begin:stop]
            if "V" not in piece and "X" not in piece:
                verb = self._verb(keys, tags, range(begin, stop - 1), before)
                if verb is not None:
                    tags[verb], before = "V", keys[verb]
                    if tags[verb - 1] == "D" and verb > begin:
                        tags[verb - 1] = "N"
            begin = stop + 1

    def _nouns(self, keys: Sequence[str], tags: list[str]) -> None:
        """What looks like a verb and is none, by where it stands."""
        at = len(tags) - 1 - (tags[-1] == ".")
        if at > 1 and tags[at] in "Vv" and tags[at - 1] == "." and keys[at] in self.told:
            tags[at] = "N"  # "Explosion heard in Isfahan - | reports"
        if tags[0] == "V" and keys[0] in self.of_one and keys[0] in self.happenings and tags[1:2] == ["E"]:
            tags[0] = "N"  # "Clashes | between …"
        for at in range(1, len(tags) - 1):
            if tags[at] == tags[at + 1] == "v" and tags[at - 1] in "XyR" and keys[at].endswith(self.adverbs):
                tags[at] = "R"  # "were | summarily | executed"
            if tags[at] == tags[at - 1] == "V" and keys[at] in self.told and keys[at - 1] in self.lexicon.forms:
                tags[at] = "N"  # "rejects | claims | it attacked"

    def _is_infinitive(self, keys: Sequence[str], tags: Sequence[str], at: int) -> bool:
        """As in "threatened to | bomb | Iran": behind a verb that takes one, with an object of its own."""
        to = at > 1 and keys[at - 1] in self.breaks and tags[at - 1] in "ET"
        return to and tags[at + 1] in "NPD#E" and "i" in frames_of(self.lexicon, keys[at - 2])

    def _is_verb_behind(self, keys: Sequence[str], tags: Sequence[str], at: int) -> bool:
        """Is it a verb by the word before: "We | struck", "says | recaptured", "Residents | claim | soldiers burned"?"""
        key, before, after = keys[at], tags[at - 1], tags[at + 1]
        if key in self.of_one and after in "TtE" and tags[at + 2 : at + 3] == ["i"] and tags[at] in "NP?":
            purports = "i" in frames_of(self.lexicon, key) and before in "NP?v" and not {"V", "X"} & set(tags[:at])
            return purports and keys[at + 1] in self.breaks  # "A clip shared on X | claims | to show an attack"
        if tags[at] == "v" and keys[at + 1] == self.judged and key in self.lexicon.forms:
            stop = next((i for i in range(at, len(tags)) if keys[i] in self.ends or tags[i] == "S"), len(tags))
            judged = before in "NP" and tags[at + 2 : at + 3] in (["A"], ["."], ["v"])
            return judged and not {"V", "X"} & set(tags[:stop])  # "dismissed | as false a video …"
        if before == "I" and tags[at] == "v":
            clause = keys[at - 1] in self.clause_subjects and at > 1 and tags[at - 2] in "NPS."
            return keys[at - 1] in self.subjects or clause
        if before == "V" and keys[at - 1] in self.lexicon.plain_verbs:
            return key in self.past and after in _BEHIND_PAST
        if key not in self.of_many or key not in self.lexicon.forms or before not in "NP?" or tags[at] == "V":
            return False
        if not (keys[at - 1].endswith(self.endings) or keys[at - 1] in self.plural):
            return False
        stop = next((i for i in range(at + 1, len(tags)) if tags[i] in ".S" and i > at + 1), len(tags))
        finite = any(tag in "VX" for tag in tags[at + 2 : stop])
        return (
            finite and "s" in frames_of(self.lexicon, key) and after in _WHAT_IS_SAID and keys[at + 1] not in self.days
        )

    def _verb(self, keys: Sequence[str], tags: Sequence[str], stretch: range, before: str) -> int | None:
        """The token of a stretch that is its verb; `before` is one found before it, of which it may go on."""
        for at in stretch:
            key = keys[at]
            if key not in self.forms or tags[at] not in _NOUN_LIKE or tags[at + 1] not in _OBJECT:
                continue
            if keys[at + 1] in self.days:
                continue
            if at == stretch.start:
                if before and any(before in forms and key in forms for forms in (self.of_many, self.of_one)):
                    return at
                continue
            subject, either = keys[at - 1], keys[at - 1] in self.plural
            many = subject.endswith(self.endings)
            unknown = tags[at - 1] == "D" and many and len(subject) > _DETERMINER  # "Houthis | fire"
            named = tags[at - 1] in "NP?" or subject in self.happenings  # "Blast | kills", which the model calls good
            if not named and not either and not unknown:
                continue
            if key in self.of_many and (many or either):
                return at
            if key in self.past - self.of_many and tags[at] in "NP?" and tags[at - 1] in "NP?":
                return at  # "Israel | struck | Isfahan"
            if key in self.of_one and (either or not many) and not self._goes_on(keys, tags, at, stretch):
                return at
        return None

    def _goes_on(self, keys: Sequence[str], tags: Sequence[str], at: int, stretch: range) -> bool:
        """Is it the subject of the verb behind it ("rocket | attacks | kill five")?"""
        return keys[at + 1] in self.of_many and at + 1 in stretch and tags[at + 2] in _OBJECT


def _spelt(pattern: str) -> tuple[str, str]:
    """A noun of one word in both numbers: "blast(s)"."""
    return pattern.split("(", maxsplit=1)[0], pattern.replace("(", "").replace(")", "")


@lru_cache(maxsize=16)
def headline_verbs(language: str) -> HeadlineVerbs:
    """The headline verbs of a pack, read once a process."""
    return HeadlineVerbs(load_pack(language))
