"""Who speaks about a happening: every claim with the voice nearest to the fact, the voices that relay it, and its interest in the matter.

A voice is one and the same when the registry says so, or, without the registry, when its name is the same (or the short form or the initials
of one longer name). Outlets are voices, too: they speak where a report speaks for itself, and they relay where it cites.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from ondit.languages import load_pack
from ondit.languages.packs import PackError
from ondit.model import (
    Actor,
    Claim,
    EventMention,
    Interest,
    Report,
    Role,
    Source,
    SourceKind,
    SourceMention,
    Stance,
    Telling,
)
from ondit.registry import Registry
from ondit.text.folding import fold_name
from ondit.weigh.offices import ARMED, bare_office, body_of, office_of, same_holders, state_body

_SHORTEST = 3  # shorter words of a name decide nothing
_STEM = 5  # letters by which words of voices without a name are compared: number and gender aside
NO_PUBLISHER = "a report without publisher"
UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.WITNESS})
_ANYBODY = frozenset({SourceKind.PERSON, SourceKind.OTHER})
OFFICIAL = frozenset({SourceKind.GOVERNMENT, SourceKind.ARMED_FORCES, SourceKind.ARMED_GROUP})
PERPETRATING = frozenset({Role.PERPETRATOR})
SUFFERING = frozenset({Role.TARGET, Role.VICTIM})


@dataclass(frozen=True, slots=True)
class Known:
    """The registry as weighing needs it: its entries by id, and ids by folded name where a name means one entry only."""

    sources: Mapping[str, Source]
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, sources: Mapping[str, Source]) -> "Known":
        """Prepare a registry once for many happenings."""
        names: dict[str, set[str]] = {}
        for source in sources.values():
            for name in (source.name, *source.names):
                names.setdefault(fold_name(name), set()).add(source.id)
        # What a country and a generic body compose ("ml.army") stands in no list.
        every = sources if isinstance(sources, Registry) else Registry(sources)
        return cls(every, {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1})

    def asked(self, log: set[str]) -> "Known":
        """The same registry; what is looked up in it, found or not, is written into `log`, as `names_of` names it."""
        return Known(_Asked(self.sources, log, _ID), _Asked(self.by_name, log, ""))

    def named(self, name: str) -> Source | None:
        """The entry that a name means."""
        id_ = self.by_name.get(fold_name(name))
        return self.sources[id_] if id_ else None

    def sides(self, source: Source | None) -> frozenset[str]:
        """The ids of an entry, of its camps and of its owner: who shares one of them stands on one side."""
        return frozenset(filter(None, (source.id, source.owner, *source.camps))) if source else frozenset()


def names_of(source: Source) -> set[str]:
    """All under which an entry may be looked up."""
    return {_ID + source.id, *(fold_name(name) for name in (source.name, *source.names))}


_ID = "#"  # before an id that was looked up; no folded name begins so
_Value = TypeVar("_Value")


class _Asked(Mapping[str, _Value]):
    """A table that writes down what is looked up."""

    def __init__(self, table: Mapping[str, _Value], log: set[str], mark: str) -> None:
        self._table, self._log, self._mark = table, log, mark

    def __getitem__(self, key: str) -> _Value:
        self._log.add(self._mark + key)
        return self._table[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice within a happening; equal `key`s are one voice. `named` is False for "security sources" or "the police"; `office` is what it holds, by a name of no language."""

    key: str
    name: str
    kind: SourceKind
    named: bool
    language: str = ""
    source: Source | None = None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about the happening: who says it (`voice`), through whom (`relays`, the outlet first), and with what interest.

    `contradicts` marks one that tells the happening only to say that it is not so; `tells` is False when it holds nothing of it.
    """

    claim: Claim
    telling: Telling
    voice: Voice
    relays: tuple[Voice, ...]
    interest: Interest = Interest.OUTSIDE
    contradicts: bool = False
    tells: bool = True

    @property
    def report(self) -> Report:
        """The report that carries it."""
        return self.telling.report

    @property
    def day(self) -> date | None:
        """Publication day of its report."""
        return self.telling.report.published.day

    @property
    def own(self) -> bool:
        """Does the report say it in its own voice?"""
        return not self.claim.chain

    @property
    def affirms(self) -> bool:
        """Does the voice say that it is so, however doubtfully it is relayed?"""
        return (
            self.tells
            and not self.contradicts
            and self.claim.stance in (Stance.ASSERTS, Stance.POSSIBLE, Stance.DISTANCES)
        )

    @property
    def outlet(self) -> Voice:
        """Who published it."""
        return self.relays[0] if self.relays else self.voice


def statements(tellings: Sequence[Telling], known: Known) -> list[Statement]:
    """Every claim of the tellings, the earliest report first; the order does not depend on anybody's name."""
    ordered = sorted(tellings, key=_order)
    found = [_statement(claim, telling, known) for telling in ordered for claim in telling.claims]
    parties = _parties(ordered, known)
    same = _same_voices([v for s in found for v in (s.voice, *s.relays)], tellings=ordered, parties=parties)
    found = [replace(s, voice=same[s.voice.key], relays=tuple(same[v.key] for v in s.relays)) for s in found]
    doers = _doers(ordered)
    return [replace(s, interest=_interest(s.voice, s.claim, _actors(s.telling, doers), known)) for s in found]


def _doers(tellings: Sequence[Telling]) -> list[Actor]:
    """Those who did it by the tellings that say so, as the registry knows them, unless others say that it was done to them."""
    told = [a for telling in tellings for a in telling.event.actors if a.registry_id]
    suffered = {a.registry_id for a in told if a.role in SUFFERING}
    doers = {a.registry_id: a for a in told if a.role in PERPETRATING and a.registry_id not in suffered}
    return list(doers.values())


def _actors(telling: Telling, doers: Sequence[Actor]) -> Sequence[Actor]:
    """The parties of a telling; where it does not say who did it, those who others say did it."""
    own = telling.event.actors
    return own if any(a.role in PERPETRATING for a in own) else (*own, *doers)


def _order(telling: Telling) -> tuple[object, ...]:
    report = telling.report
    figures = sorted((c.what, c.low or 0, c.high or 0) for claim in telling.claims for c in claim.counts)
    day = report.published.day or date.max
    return (
        day,
        report.language,
        len(telling.claims),
        figures,
        fold_name(report.publisher),
        report.id,
        telling.event.id,
    )


def _statement(claim: Claim, telling: Telling, known: Known) -> Statement:
    report = telling.report
    own = _bodies_told(telling)
    chain = (outlet_of(report, known), *(_voice(mention, report, known, own) for mention in claim.chain))
    chain = tuple(v for n, v in enumerate(chain) if n == 0 or v.key != chain[n - 1].key)
    voice = chain[-1]
    return Statement(claim, telling, voice, chain[:-1], tells=_tells(claim, telling.event, voice))


def _tells(claim: Claim, event: EventMention, voice: Voice) -> bool:
    """Does a claim hold anything of the happening? What a passer-by says of the weather attests nothing; who has an office or a side may speak of it in other words."""
    if not claim.chain or voice.kind not in _ANYBODY or voice.source is not None or voice.office or claim.counts:
        return True
    spans = [thing.span for thing in event.actors] + [thing.span for thing in event.equipment]
    spans += [thing.span for thing in event.places] + [thing.span for thing in event.times]
    return any(claim.content.contains(span) for span in (*spans, event.trigger) if span is not None)


def outlet_of(report: Report, known: Known) -> Voice:
    """The voice of a report's publisher."""
    name, language = report.publisher, report.language
    source = (known.named(name) or known.sources.get(state_body(name, language, _content))) if name else None
    if source:
        return _registered(source, language)
    if not name:
        return Voice(f"report {report.id}", NO_PUBLISHER, SourceKind.MEDIA, named=True, language=report.language)
    office = office_of(name, language, _content)
    return Voice(fold_name(name) or name, name, SourceKind.MEDIA, named=True, language=language, office=office)


def _bodies_told(telling: Telling) -> Mapping[str, str]:
    """The bodies of states that a telling names, by office, where it names one of that office only: "the army" is that one."""
    mentions = (mention.source_id for claim in telling.claims for mention in claim.chain)
    ids = {id_ for id_ in (*mentions, *(actor.registry_id for actor in telling.event.actors)) if id_}
    found: dict[str, list[str]] = {}
    for id_ in ids:
        if (body := body_of(id_)) is not None:
            found.setdefault(body[0], []).append(id_)
    return {office: only[0] for office, only in found.items() if len(only) == 1}


def _parties(tellings: Sequence[Telling], known: Known) -> list[Voice]:
    """Those whom the registry knows that had a part in it, whether they speak or not."""
    ids = dict.fromkeys(a.registry_id for t in tellings for a in t.event.actors if a.registry_id)
    return [_registered(source, "") for id_ in ids if (source := known.sources.get(id_)) is not None]


def _voice(mention: SourceMention, report: Report, known: Known, told: Mapping[str, str]) -> Voice:
    name, id_ = _meant(mention, report, known)
    office = office_of(name, report.language, _content)
    body = told.get(office, "") if bare_office(name, report.language, _content) else ""
    id_ = id_ or body or state_body(name, report.language, _content)
    source = known.sources.get(id_) or known.named(name)
    if source:
        return _registered(source, report.language)
    named = mention.kind not in UNNAMED and any(w[:1].isupper() for w in _words(name, report.language))
    words = (
        _name_words(name, report.language)
        if named
        else tuple(w[:_STEM] for w in _content(name, report.language) if len(w) > _SHORTEST)
    )
    key = " ".join(words) or fold_name(name) or name
    if not named:  # "a security source" and "security sources" are told apart by nothing
        key = f"{report.language} {key}"
    return Voice(key, name, mention.kind, named, report.language, office=office)


def _meant(mention: SourceMention, report: Report, known: Known) -> tuple[str, str]:
    """The name and the id of who speaks: of whom the mention refers to, but "the army" refers to no rebels that were named before."""
    if mention.refers_to is None:
        return mention.text, mention.source_id or ""
    name, source = mention.refers_to.of(report.text), known.sources.get(mention.source_id or "")
    army = source.kind is SourceKind.ARMED_FORCES if source else office_of(name, report.language, _content) == ARMED
    if not army and bare_office(mention.text, report.language, _content) == ARMED:
        return mention.text, ""
    return name, mention.source_id or ""


def _registered(source: Source, language: str) -> Voice:
    return Voice(
        f"source {source.id}",
        source.name,
        source.kind,
        named=source.kind not in UNNAMED,
        language=language,
        source=source,
    )


@lru_cache(maxsize=16)
def _determiners(language: str) -> frozenset[str]:
    try:
        anaphora = load_pack(language).table("grammar/attribution").get("anaphora", {})
    except PackError:  # a language without a pack: names are taken as they stand
        return frozenset()
    return frozenset(fold_name(w) for group in ("determiners", "plural_determiners") for w in anaphora.get(group, ()))


@lru_cache(maxsize=4096)
def _words(name: str, language: str) -> tuple[str, ...]:
    spaced = "".join(c if c.isalnum() else " " for c in name).split()
    return tuple(w for w in spaced if fold_name(w) not in _determiners(language))


def _name_words(name: str, language: str) -> tuple[str, ...]:
    """The words that make a name: those with a capital where there are two of them, else all that are no determiners."""
    capitals = tuple(f for w in _words(name, language) if w[:1].isupper() and len(f := fold_name(w)) >= _SHORTEST)
    return capitals if len(capitals) > 1 else _content(name, language)


def _content(name: str, language: str) -> tuple[str, ...]:
    return tuple(f for w in _words(name, language) if len(f := fold_name(w)) >= _SHORTEST)


def _same_voices(voices: Sequence[Voice], tellings: Sequence[Telling], parties: Sequence[Voice]) -> dict[str, Voice]:
    """The voice that stands for each key: the first with it, or the one that it is a short form, the initials or another language's name of."""
    first: dict[str, Voice] = {}
    for voice in (*voices, *parties):
        first.setdefault(voice.key, voice)
    named = {key: v for key, v in first.items() if v.named and v.source is None}
    longer: dict[str, set[str]] = {}
    for key, voice in named.items():
        words = _name_words(voice.name, voice.language)
        if len(words) > 1:
            capitals = [w for w in _words(voice.name, voice.language) if w[:1].isupper()]
            initials = fold_name("".join(w[0] for w in capitals))
            for form in {*words, initials}:
                longer.setdefault(form, set()).add(key)
    for key, voice in first.items():
        for form in _short_forms(voice.source) if voice.source is not None else ():
            longer.setdefault(form, set()).add(key)
    full: dict[str, str] = {}
    for key, voice in named.items():
        forms = _name_words(voice.name, voice.language) or (key,)
        fitting = set.intersection(*sorted((longer.get(form, set()) for form in forms), key=len)) - {key}
        if len(fitting) == 1:
            full[key] = fitting.pop()
    unregistered = ((key, v.name, v.language) for key, v in first.items() if v.source is None and key not in full)
    registered = ((key, v.source.id) for key, v in first.items() if v.source is not None)
    full |= same_holders(unregistered, tellings, _content, registered)
    return {key: first[_last(key, full)] for key in first}


def _short_forms(source: Source) -> set[str]:
    """The names of one word, in capitals, of an entry: a report that names it in full may go on with "the RSF", which the registry has twice."""
    return {fold_name(name) for name in source.names if len(name) >= _SHORTEST and name.isupper() and name.isalpha()}


def _last(key: str, full: Mapping[str, str]) -> str:
    seen = {key}
    while key in full and full[key] not in seen:
        key = full[key]
        seen.add(key)
    return key


def _interest(voice: Voice, claim: Claim, actors: Sequence[Actor], known: Known) -> Interest:
    """A party on its own acts concedes, a party that was hit accuses whoever did it; everybody else stands outside."""
    own = [a for a in actors if same_side(voice, a, known)]
    if any(a.role in PERPETRATING for a in own):
        return Interest.ACCUSED if claim.stance is Stance.DENIES else Interest.CONCEDES
    others = [a for a in actors if a.role in PERPETRATING and a not in own]
    return Interest.ACCUSES if others and any(a.role in SUFFERING for a in own) else Interest.OUTSIDE


def same_side(voice: Voice, actor: Actor, known: Known) -> bool:
    """Does a voice belong to an actor: by the registry (camp, owner), else by its very name?"""
    id_ = actor.registry_id or state_body(actor.text, voice.language, _content)
    source = known.sources.get(id_) or known.named(actor.text)
    if source and voice.source:
        return bool(known.sides(source) & known.sides(voice.source))
    words = set(_content(actor.text, voice.language))
    written = _words(actor.text, voice.language)
    # Where a script has no capitals, two words make a name.
    names = {fold_name(w) for w in written if w[:1].isupper() or (len(words) > 1 and w[:1].lower() == w[:1].upper())}
    called = (voice.name, *(voice.source.names if voice.source is not None and source is None else ()))
    return bool(words & names) and any(words <= set(_content(name, voice.language)) for name in called)
