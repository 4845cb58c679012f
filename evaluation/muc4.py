"""Adapter of `muc4`: incidents of terrorism and who and what is in them, from happenings, actors and equipment.

MUC-4 (1992) wants five roles a document: individuals and organisations that did it, physical targets, victims by name, weapons. Texts
are in one case, so names are told by lists of given names and surnames.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from evaluation.bench import Row
from ondit.languages import Pack, load_pack
from ondit.model import Actor, Report, Role, Span
from ondit.normalise.documents import normalise
from ondit.ontology import code_of
from ondit.read.engines.rules.actor_words import kind_of, load_actor_words
from ondit.read.engines.rules.actors import find_actors
from ondit.read.engines.rules.equipment import find_equipment
from ondit.read.engines.rules.happenings import EXACT, Happening, find_happenings
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.units import Clause, Parse

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_LANGUAGE = "en"
_NEAR = 120  # characters between a weapon and an incident
# Trigger classes that tell of an incident by themselves; the others only beside one of these.
_TELLING = frozenset(
    {"attack", "raid", "ambush", "shooting", "stabbing", "massacre", "murder", "kill", "bombing", "explosion", "suicide_bombing",
     "abduction", "arson", "robbery", "assault", "execution", "taking", "looting", "damage", "shelling", "injury", "death", "fire", "launch", "bomb", "air_strike"}
)  # fmt: skip
_HURT = frozenset(
    {
        "massacre",
        "murder",
        "kill",
        "abduction",
        "execution",
        "assault",
        "shooting",
        "stabbing",
        "injury",
        "attack",
        "ambush",
        "death",
    }
)
_FAR = 14  # sentences from the head of the report: what comes later is background
_CRUEL = frozenset({"massacre", "murder", "abduction", "execution", "assault"})
_BROKEN = frozenset(
    {
        "attack",
        "raid",
        "bombing",
        "explosion",
        "suicide_bombing",
        "arson",
        "robbery",
        "looting",
        "damage",
        "shelling",
        "shooting",
        "ambush",
    }
)


def predict(row: Row) -> Row:
    """The entities of one document, and one template for each kind of incident."""
    pack = load_pack(_LANGUAGE)
    report = Report(id="", text=cased(row["text"], pack), language=_LANGUAGE)
    document = normalise(report, pack)
    return _Document(parse(document, pack), words(pack)).filled()


def cased(text: str, pack: Pack) -> str:
    """The lower-cased text with capitals where sentences and known names begin; of the same length."""
    known = words(pack)
    text = re.sub(r"(?:^|[.!?:]\s{1,6}[\"(]?|\s{3,}[\"(]?)([a-z])", lambda m: m.group()[:-1] + m.group(1).upper(), text)
    text = re.sub(r"[a-z][a-z'-]+", lambda m: m.group().capitalize() if m.group() in known.names else m.group(), text)
    for name in known.organisations:
        if name not in known.forces and name in text.lower():
            cap = name.upper() if " " not in name and len(name) < 6 else name.title()
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", cap, text, flags=re.IGNORECASE)
    return text


@dataclass(frozen=True)
class Words:
    """Names and the words of the task."""

    given: frozenset[str]
    family: frozenset[str]
    names: frozenset[str]
    organisations: dict[str, str]
    forces: frozenset[str]
    particles: frozenset[str]
    places: frozenset[str]
    determiners: frozenset[str]
    weapons: frozenset[str]
    doers: frozenset[str]
    groups: frozenset[str]
    supposed: frozenset[str]
    belonging: frozenset[str]
    no_target: frozenset[str]
    blame: frozenset[str]


@cache
def _words(language: str) -> Words:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    pack = load_pack(language)
    common = {line.lower() for line in pack.lines("places.common.txt")} | set(load_actor_words(pack).kinds)
    common |= {line.split("\t")[0] for line in pack.lines("happenings.forms.tsv")} | set(table["common"])
    names = {line.lower() for name in ("given_names", "surnames") for line in pack.lines(f"places.{name}.txt")}
    return Words(
        names=frozenset(names - common) | load_actor_words(pack).demonyms,
        given=frozenset(line.lower() for line in pack.lines("places.given_names.txt")),
        family=frozenset(line.lower() for line in pack.lines("places.surnames.txt")),
        organisations={name: names[0] for names in table["organisations"] for name in names},
        forces=frozenset(table["forces"]),
        particles=frozenset(table["name_particles"]),
        places=frozenset(table["places"]),
        determiners=frozenset(table["determiners"]),
        weapons=frozenset(table["weapons"]),
        doers=frozenset(table["doers"]),
        groups=frozenset(table["groups"]),
        supposed=frozenset(table["supposed"]),
        belonging=frozenset(table["belonging"]),
        no_target=frozenset(table["no_target"]),
        blame=frozenset(table["blame"]),
    )


def words(pack: Pack) -> Words:
    """The words of the task with the pack's lists of names."""
    return _words(pack.language)


@dataclass
class _Document:
    """One document and what was found in it."""

    parse: Parse
    words: Words
    found: dict[str, dict[str, str]] = field(default_factory=lambda: {role: {} for role in ROLES})
    kinds: dict[str, int] = field(default_factory=dict)

    def filled(self) -> Row:
        """The document's entities and templates."""
        happenings = find_happenings(self.parse)
        incidents = [h for h in happenings if _is_incident(h)]
        if not _is_relevant(incidents):
            return {"templates": []}
        actors = find_actors(self.parse, incidents)
        for happening in incidents:
            code = code_of(happening.type, "muc", subtype=happening.subtype)
            if code:
                self.kinds[code] = self.kinds.get(code, 0) + happening.strength
            for actor in actors[happening.first]:
                self._take(happening, actor)
            if happening.kind in _HURT:
                self._named_victims(happening)
        self._organisations(incidents)
        self._weapons(incidents)
        return {"templates": [self._template()]}

    def _template(self) -> Row:
        kind = max(self.kinds, key=lambda k: (self.kinds[k], k), default="attack")
        return {"incident_type": kind, **{role: [[m] for m in self.found[role].values()] for role in ROLES}}

    def _add(self, role: str, key: str, mention: str) -> None:
        if mention:
            self.found[role].setdefault(key, mention)

    # ---------------------------------------------------------------------------------------------- people and things

    def _take(self, happening: Happening, actor: Actor) -> None:
        first, last = self._tokens(actor.span)
        first = self._without(self.words.determiners, first, last)
        if first >= last:
            return
        name = self._name(first, last)
        if actor.role in (Role.VICTIM, Role.TARGET) and happening.kind in _HURT and (name or self._full(last)):
            self._add_name("Victim", name or self._full(last))
        elif actor.role is Role.TARGET and _breaks(happening) and happening.sentence < _FAR:
            self._target(first, last)
        elif actor.role is Role.PERPETRATOR and happening.type != "armed_clash":
            self._perpetrator(first, last, name, happening)

    def _named_victims(self, happening: Happening) -> None:
        """Names in the phrase that a word of harm governs: after "the murder of", before "were kidnapped", after "killed"."""
        clause = self.parse.clauses[happening.clause]
        at = next((n for n, unit in enumerate(clause.units) if unit.last > happening.first), 0)
        symbols = clause.symbols
        if happening.nominal:
            stop = _until(symbols, at + 1, "VURBLiI;:QC")
            if "o" in symbols[at + 1 : at + 4] or "e" in symbols[at + 1 : at + 2]:
                self._names_between(clause, at + 1, stop)
        elif happening.verb is not None and (happening.verb.passive or happening.verb.form == "participle"):
            start = at
            while start > 0 and symbols[start - 1] not in "VURB;:QC":
                start -= 1
            self._names_between(clause, start, at)
        elif happening.verb is not None and happening.kind not in ("death", "attack"):
            self._names_between(clause, at + 1, _until(symbols, at + 1, "VURBb;:QCe"))

    def _names_between(self, clause: Clause, start: int, stop: int) -> None:
        for unit, before in zip(clause.units[start:stop], clause.symbols[max(start - 1, 0) : stop], strict=False):
            if unit.kind in "ny" and before != "b" and (name := self._name(unit.first, unit.last)):
                self._add_name("Victim", name)

    def _perpetrator(self, first: int, last: int, name: str, happening: Happening) -> None:
        organisation = next(iter(self._organisations_in(first, last)), "")
        if organisation and (organisation not in self.words.forces or happening.kind in _CRUEL):
            self._add("PerpOrg", self.words.organisations[organisation], organisation)
        if name or happening.sentence >= _FAR // 2:
            return
        mention_last = self._phrase_end(first, last, self.words.groups)
        head = self.parse.tokens.keys[self._base_end(first, mention_last) - 1]
        kind = kind_of(self.parse, load_actor_words(self.parse.pack), first, mention_last)
        mention = self._text(self._without(self.words.supposed, first, mention_last), mention_last)
        if kind is None or mention in self.words.organisations or any(mention in o for o in self.words.organisations):
            return
        fits = kind.kind in ("rebel_group", "political_militia") or head in self.words.doers
        if fits or (kind.kind == "state_forces" and happening.kind in _CRUEL):
            self._add("PerpInd", head.rstrip("s"), mention)

    def _target(self, first: int, last: int) -> None:
        for start, stop in self._parts(first, last):
            end = self._phrase_end(start, stop, self.words.belonging)
            kind = kind_of(self.parse, load_actor_words(self.parse.pack), start, self._base_end(start, end))
            keys = self.parse.tokens.keys[start:end]
            if kind is not None and kind.kind == "thing" and not self.words.no_target & set(keys):
                begin = self._without(self.words.supposed, start, end)
                while begin < end - 1 and self.parse.tags[begin] == "#":
                    begin += 1
                self._add("Target", keys[-1].rstrip("s"), self._text(begin, end))

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The members of a coordination."""
        start = first
        for at in range(first, last + 1):
            if at == last or self.parse.tags[at] == "C" or self.parse.tokens.keys[at] == ",":
                begin = self._without(self.words.determiners, start, at)
                if begin < at:
                    yield begin, at
                start = at + 1

    def _phrase_end(self, first: int, last: int, heads: frozenset[str]) -> int:
        """End of the noun phrase: with its "of" phrase when its head says little alone."""
        end = self._base_end(first, last)
        return last if self.parse.tokens.keys[end - 1] in heads else end

    def _without(self, unwanted: frozenset[str], first: int, last: int) -> int:
        while first < last - 1 and self.parse.tokens.keys[first] in unwanted:
            first += 1
        return first

    def _weapons(self, incidents: Sequence[Happening]) -> None:
        """Weapons of terror beside a word, other than their own, that tells an incident."""
        for mention in find_equipment(self.parse):
            first, last = self._tokens(mention.span)
            head = self.parse.tokens.keys[last - 1]
            if head in self.words.weapons and any(
                abs(h.trigger.start - mention.span.start) < _NEAR and not h.trigger.overlaps(mention.span)
                for h in incidents
            ):
                mention_first = self._without(self.words.determiners, first, last)
                self._add("Weapon", head.rstrip("s"), self._text(mention_first, last))

    # ---------------------------------------------------------------------------------------------- organisations

    def _organisations(self, incidents: Sequence[Happening]) -> None:
        """Guerrillas blamed in the sentence of an incident; when there are none, those named most in such sentences."""
        sentences = {h.sentence for h in incidents}
        exact = {h.sentence for h in incidents if h.strength >= EXACT}
        count: dict[str, int] = {}
        for number, sentence in enumerate(self.parse.document.sentences):
            if number not in sentences:
                continue
            first, last = self._tokens(sentence)
            blamed = not self.words.blame.isdisjoint(self.parse.tokens.keys[first:last])
            for name in self._organisations_in(first, last):
                if name in self.words.forces:
                    continue
                if number in exact:
                    count[name] = count.get(name, 0) + 1
                if blamed:
                    self._add("PerpOrg", self.words.organisations[name], name)
        if count and not self.found["PerpOrg"]:
            name = max(count, key=lambda n: (count[n], n))
            self._add("PerpOrg", self.words.organisations[name], name)

    def _organisations_in(self, first: int, last: int) -> Iterator[str]:
        keys = self.parse.tokens.keys
        at = first
        while at < last:
            length = next(
                (
                    n
                    for n in range(6, 0, -1)
                    if at + n <= last and " ".join(keys[at : at + n]) in self.words.organisations
                ),
                0,
            )
            if length:
                yield " ".join(keys[at : at + length])
            at += max(length, 1)

    # ---------------------------------------------------------------------------------------------- names and words

    def _add_name(self, role: str, name: str) -> None:
        """A person once, by the longest name."""
        taken = self.found[role]
        parts = set(name.split())
        for key, other in taken.items():
            if parts <= set(other.split()):
                return
            if set(other.split()) <= parts:
                taken[key] = name
                return
        taken[name] = name

    def _name(self, first: int, last: int) -> str:
        """The person's name that ends a phrase: given name and surnames, without titles."""
        keys = self.parse.tokens.keys
        known, given, family = load_actor_words(self.parse.pack).kinds, self.words.given, self.words.family
        best = (0, 0)
        at = first
        while at < last:
            if keys[at] not in given or keys[at] in known or keys[at] in self.words.particles:
                at += 1
                continue
            end = at + 1
            while end < last and (
                keys[end] in given
                or keys[end] in family
                or (keys[end] in self.words.particles and end + 1 < last)
                or (self.parse.tags[end] in "NPA" and keys[end].isalpha() and keys[end] not in known)
            ):
                end += 1
            if end - at > max(1, best[1] - best[0]) and not self.words.places & {keys[at], keys[end - 1], keys[at - 1]}:
                best = (at, end)
            at = end
        return self._text(*best) if best[1] else ""

    def _full(self, last: int) -> str:
        """The full name of which the phrase is the surname."""
        last_word = self.parse.tokens.keys[last - 1]
        return next((name for name in self.full_names if last_word in name.split()[1:]), "")

    @cached_property
    def full_names(self) -> list[str]:
        """The names of persons in the document, in text order."""
        names: list[str] = []
        for clause in self.parse.clauses:
            for unit in clause.units:
                if unit.kind in "ny" and (name := self._name(unit.first, unit.last)) and name not in names:
                    names.append(name)
        return names

    def _base_end(self, first: int, last: int) -> int:
        """End of the noun phrase before its first preposition."""
        return next((i for i in range(first + 1, last) if self.parse.tags[i] == "E"), last)

    def _tokens(self, span: Span) -> tuple[int, int]:
        return self.parse.token_at(span.start), self.parse.token_at(span.stop)

    def _text(self, first: int, last: int) -> str:
        return " ".join(self.parse.words(first, last).lower().split()) if last > first else ""


def _breaks(happening: Happening) -> bool:
    return happening.kind in _BROKEN and (happening.type != "armed_attack" or happening.kind == "attack")


def _until(symbols: str, start: int, stops: str) -> int:
    return next((n for n in range(start, len(symbols)) if symbols[n] in stops), len(symbols))


def _is_incident(happening: Happening) -> bool:
    return (
        happening.kind in _TELLING
        and not (happening.negated or happening.hypothetical or happening.planned)
        and code_of(happening.type, "muc", subtype=happening.subtype) is not None
    )


def _is_relevant(incidents: Iterable[Happening]) -> bool:
    """Does the document tell of an incident at all?"""
    return any(h.strength >= EXACT and h.type != "armed_clash" for h in incidents)
