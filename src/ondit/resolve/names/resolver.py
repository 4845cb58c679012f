"""Which entry of a registry a name means. Steps in the order of their certainty, each with a sentence; a doubt is a "maybe"."""

from collections.abc import Callable, Iterable, Sequence

from ondit.model import Role, SourceKind
from ondit.registry import Registry
from ondit.resolve.names.bodies import compose_body
from ondit.resolve.names.cores import cores
from ondit.resolve.names.index import Listed, NameIndex
from ondit.resolve.names.keys import Key, without_to, written_as
from ondit.resolve.names.likeness import POSSIBLE, SURE, Likeness, likeness
from ondit.resolve.names.phrases import Part, Titled, parts_of, without_titles
from ondit.resolve.names.unlisted import unlisted
from ondit.resolve.names.verdicts import NOBODY, NameMatch, Verdict, entry, maybe
from ondit.resolve.names.words import leading, trailing
from ondit.text.remembered import Remembered
from ondit.text.scripts import count_scripts

_KEPT = 5
"""Candidates of a "maybe" that are kept."""
_REMEMBERED = 50_000
"""Names whose answer is remembered; reports repeat theirs."""

_OUTLETS = (SourceKind.MEDIA, SourceKind.SOCIAL_CHANNEL)
_Step = Callable[[Part, Role | None], NameMatch | None]


class NameResolver:
    """Resolves names against one registry; remembers its answers."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.index = NameIndex(registry)
        self.words = self.index.words
        self._answers: dict[tuple[str, Role | None, SourceKind | None], NameMatch] = {}
        self._titled = Remembered[Part, Titled](self._without_titles, most=_REMEMBERED)

    def resolve(self, name: str, *, role: Role | None = None, kind: SourceKind | None = None) -> NameMatch:
        """What a name means.

        `role` is the part in a happening, None for a voice: soldiers of an army act for it, but what one of them says is not its word.
        `kind` is what the reader took the name for; it decides whether unlisted words are a name at all.
        """
        asked = (name, role, kind)
        answer = self._answers.get(asked)
        if answer is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            answer = self._answers[asked] = self._resolve(name, kind, role)
        return answer

    def _resolve(self, name: str, kind: SourceKind | None, role: Role | None) -> NameMatch:
        parts = parts_of(name)
        exact = self._first(parts, (self._listed, self._person, self._body), role)
        if exact is not None and (exact.verdict is Verdict.ENTRY or len(parts) == 1):
            return exact
        later: tuple[_Step, ...] = (self._spokesman, self._alike, self._surname, self._belonging)
        found = self._first(parts, later, role)
        if found is not None and (found.verdict is Verdict.ENTRY or exact is None):
            return found
        return exact or unlisted(parts, self.words, kind) or NOBODY

    def _first(self, parts: Sequence[Part], steps: Iterable[_Step], role: Role | None) -> NameMatch | None:
        """The first step that knows a part for sure, else the first doubt."""
        doubt: NameMatch | None = None
        for step in steps:
            for part in parts:
                if part.beside and step != self._person:
                    continue  # "Lindsey Graham, Congress": who is named first is meant
                answer = step(part, role)
                if answer is not None and answer.verdict is Verdict.ENTRY:
                    return answer
                doubt = doubt or answer
        return doubt

    def _without_titles(self, part: Part) -> Titled:
        return without_titles(part.key, self.words, part.text)

    def _listed(self, part: Part, role: Role | None) -> NameMatch | None:
        """A name or abbreviation as it is listed; with the words that may stand beside it, if not without."""
        plain = self.words.plain(part.key)
        for core in cores(plain, self.words, part.text, fighters=role is not None):
            found = [f for f in self._exactly(part.text, core.key) if _of_country(f, core.countries)]
            if found:
                told = "a listed name of {}" if core.key == plain else f"{{}}, listed as '{found[0].name}'"
                answer = self._chosen(found, f"'{part.text}' is {told}")
                return _as_one_who_acts(answer, found[0], plain) if role else answer
        return None

    def _exactly(self, text: str, key: Key) -> list[Listed]:
        found = [f for f in self.index.named(key) if f.is_written(text)]
        if len(key) == 1 and (written := written_as(key[0], text)):
            found += self.index.written(written)
        return found

    def _chosen(self, found: Sequence[Listed], reason: str) -> NameMatch:
        """The entry when there is one, a "maybe" when the name is that of several."""
        ids = tuple(dict.fromkeys(f.source.id for f in found))
        if len(ids) == 1:
            return entry(ids[0], reason.format(found[0].source.name))
        return maybe(ids[:_KEPT], reason.format("one of " + ", ".join(ids[:_KEPT])), 1.0)

    def _body(self, part: Part, role: Role | None) -> NameMatch | None:
        """A country and a generic body."""
        body = compose_body(part.key, self.words, part.text, role)
        if body is None:
            return None
        names = [source.name for i in body.ids if (source := self.registry.get(i)) is not None]
        if not body.itself and role is None:
            return maybe(body.ids[:_KEPT], f"'{part.text}' belong to {names[0]}, but what they say is not its word")
        if not body.sure:
            return maybe(body.ids[:_KEPT], f"'{part.text}' are of the country of {names[0]}, and may be others of it")
        if len(body.ids) > 1:
            return maybe(body.ids[:_KEPT], f"'{part.text}' may be {' or '.join(names[:_KEPT])}", 1.0)
        return entry(body.ids[0], f"'{part.text}' names {names[0]} by its country and what it is")

    def _spokesman(self, part: Part, _role: Role | None) -> NameMatch | None:
        """Who speaks in the name of somebody: what a spokesman of an army says is said by the army."""
        key = self.words.plain(part.key)
        for at in range(len(key)):
            taken = leading(key[at:], self.words.speaks_for)
            if not taken:
                continue
            for rest in (key[at + taken :], key[:at]) if at == 0 else (key[:at], key[at + taken :]):
                whose = self._exact_or_body(part.text, rest)
                if whose is not None and whose.verdict is Verdict.ENTRY:
                    return entry(whose.source_id or "", f"'{part.text}' speaks for it: {whose.reason}")
        return None

    def _exact_or_body(self, text: str, key: Key) -> NameMatch | None:
        if not key:
            return None
        for own in dict.fromkeys((key, without_to(key))):
            named = " ".join(own)
            for core in cores(own, self.words, text):
                found = [f for f in self._exactly(text, core.key) if _of_country(f, core.countries)]
                if found:
                    return self._chosen(found, f"'{named}' is a listed name of {{}}")
            body = compose_body(own, self.words, text)
            if body is not None and body.itself and len(body.ids) == 1:
                return entry(body.ids[0], f"'{named}' names it by its country and what it is")
        return None

    def _person(self, part: Part, _role: Role | None) -> NameMatch | None:
        """A person behind titles; a title of another country than the listed person's is a doubt."""
        titled = self._titled[part]
        if not titled.name:
            return None
        name = self.words.plain(titled.name)
        exact = [f for f in self.index.named(name) if f.person and f.is_written(part.text)]
        exact = exact or self._person_beside(part.key)
        if exact:
            return self._of_country(exact, titled.countries, f"'{part.text}' is a listed name of {{}}", 1.0)
        if len(name) < 2:
            return None
        scored = self._scored(name, part.text, person=True)
        return self._of_scores(part, scored, titled.countries)

    def _person_beside(self, key: Key) -> list[Listed]:
        """A person whose full name ends a phrase that describes them, or begins one: "Observatory head X Y", "X Y of the Observatory"."""
        loose, bodies = self.words.loose, self.words.bodies
        for at in range(1, len(key)):
            if (
                at > 1
                and key[at] in loose
                and (found := [f for f in self.index.named(self.words.plain(key[:at])) if f.person])
            ):
                return found
            described = key[:at] if key[0] not in loose else key[1:at]
            if len(key) - at > 1 and described and not loose & set(described) and not leading(described, bodies):
                found = [f for f in self.index.named(self.words.plain(key[at:])) if f.person]
                if found:
                    return found
        return []

    def _of_country(self, found: Sequence[Listed], countries: tuple[str, ...], reason: str, score: float) -> NameMatch:
        fitting = [f for f in found if _of_country(f, countries)]
        if fitting:
            return self._chosen(fitting, reason)
        ids = tuple(dict.fromkeys(f.source.id for f in found))
        told = reason.format(found[0].source.name)
        return maybe(ids[:_KEPT], f"{told}, but of another country than the title says", score)

    def _scored(self, key: Key, text: str, *, person: bool) -> list[tuple[Likeness, Listed]]:
        """The listed names that are like a key, the likest of each entry, best first."""
        best: dict[str, tuple[Likeness, Listed]] = {}
        for listed in self.index.sounding(key, person=person):
            if len(key) == 1 and (listed.name.isupper() or not listed.is_written(text, key[0])):
                continue  # an abbreviation with another letter is another one
            found = likeness(key, listed.key, self.words, person=person)
            outlet = listed.source.kind in _OUTLETS
            if len(key) == 1 and outlet and found.differing and _in_other_letters(text, listed.name):
                continue  # a common word of another script that only sounds like an outlet: جنوب is no GhanaWeb
            if found.score >= POSSIBLE and found.score > best.get(listed.source.id, (Likeness(0.0), listed))[0].score:
                best[listed.source.id] = found, listed
        return sorted(best.values(), key=lambda pair: (-pair[0].score, pair[1].source.id))

    def _of_scores(
        self, part: Part, scored: Sequence[tuple[Likeness, Listed]], countries: tuple[str, ...]
    ) -> NameMatch | None:
        if not scored:
            return None
        top, listed = scored[0]
        left_out = "middle names left out" if listed.person else "but for the words beside it"
        spelled = ", ".join(f"'{a}' for '{b}'" for a, b in top.differing) or left_out
        reason = f"'{part.text}' is spelled like '{listed.name}' ({spelled}; likeness {top.score:.2f})"
        alone = len(scored) == 1 or scored[1][0].score < SURE
        fits = _of_country(listed, countries)
        if top.score >= SURE and alone and fits:
            return entry(listed.source.id, reason, top.score)
        reason += "" if fits else "; but of another country"
        return maybe(tuple(f.source.id for _, f in scored[:_KEPT]), reason, top.score)

    def _alike(self, part: Part, role: Role | None) -> NameMatch | None:
        """A body or outlet that is spelled otherwise than it is listed."""
        for core in cores(self.words.plain(part.key), self.words, part.text, fighters=role is not None):
            answer = self._of_scores(part, self._scored(core.key, part.text, person=False), core.countries)
            if answer is not None:
                return answer
        return None

    def _surname(self, part: Part, _role: Role | None) -> NameMatch | None:
        """A surname alone: those who bear it are candidates, never more."""
        titled = self._titled[part]
        if len(titled.name) != 1:
            return None
        found = [f for f in self.index.surnamed(titled.name[0]) if _of_country(f, titled.countries)]
        ids = tuple(dict.fromkeys(f.source.id for f in found))
        return maybe(ids[:_KEPT], f"'{part.text}' is only a surname; bearers are listed", 0.5) if ids else None

    def _belonging(self, part: Part, role: Role | None) -> NameMatch | None:
        """Somebody of a listed body, who is not the body itself."""
        key = self.words.plain(part.key)
        key = key[1:] if role and len(key) > 1 and self.words.is_number(key[0]) else key
        for phrases in (self.words.members, self.words.fighters):
            for rest in (key[leading(key, phrases) :], key[: len(key) - trailing(key, phrases)]):
                whose = self._exact_or_body(part.text, rest) if rest != key else None
                if whose is not None and whose.verdict is Verdict.ENTRY:
                    who = whose.source_id or ""
                    if role and phrases is self.words.fighters:
                        return entry(who, f"'{part.text}' act for it: {whose.reason}")
                    return maybe((who,), f"'{part.text}' is of it, but not it itself: {whose.reason}")
        return None


def _of_country(found: Listed, countries: tuple[str, ...]) -> bool:
    return not countries or not found.source.country or found.source.country in countries


def _as_one_who_acts(answer: NameMatch, found: Listed, key: Key) -> NameMatch:
    """Outlets seldom take part in a happening, and many are called like places and things (Al-Mayadeen, Petra): one word is a doubt."""
    if answer.source_id is None or found.source.kind not in _OUTLETS or len(key) > 1:
        return answer
    return maybe((answer.source_id,), f"{answer.reason}, but an outlet seldom takes part in a happening", 1.0)


def _in_other_letters(text: str, name: str) -> bool:
    """Is the text written in a script that the name has no letter of?"""
    return count_scripts(text).keys().isdisjoint(count_scripts(name))
