"""Gives the voices and actors of a reading their entries. A pronoun means nobody by itself: what it refers to is asked."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from ondit.model import Actor, Claim, EventMention, SourceKind, SourceMention
from ondit.model.records import replace
from ondit.resolve.names.resolver import NameResolver
from ondit.resolve.names.verdicts import NameMatch, Verdict

_Settle = Callable[[NameMatch], NameMatch]


def resolve_names(
    claims: Sequence[Claim],
    events: Sequence[EventMention],
    text: str,
    resolver: NameResolver,
    *,
    countries: Collection[str] = (),
) -> tuple[list[Claim], list[EventMention]]:
    """The claims and events of one report with the entries of their voices and actors filled in, each with its reason.

    `countries` are the ISO 3166-1 codes of the towns and regions that the report names: they settle which of several of one name is meant.
    """
    settle = partial(_settle, resolver=resolver, countries=frozenset(countries))
    told = [
        replace(c, chain=tuple(_voice(v, text, resolver, settle) for v in c.chain)) if c.chain else c for c in claims
    ]
    return told, [
        replace(e, actors=tuple(_actor(a, resolver, settle) for a in e.actors)) if e.actors else e for e in events
    ]


_AT_HOME = frozenset({SourceKind.ARMED_GROUP, SourceKind.ARMED_FORCES})


def countries_of(
    passages: Iterable[tuple[Sequence[Claim], Sequence[EventMention]]], resolver: NameResolver
) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries whose forces and armed groups a report names: where it does not say, it tells of there."""
    found: set[str] = set()
    for claims, events in passages:
        matches = [resolver.resolve(v.text, kind=v.kind) for c in claims for v in c.chain]
        matches += [resolver.resolve(a.text, role=a.role) for e in events for a in e.actors]
        for match in matches:
            source = resolver.registry.get(match.source_id or "") if match.verdict is Verdict.ENTRY else None
            if source is not None and source.kind in _AT_HOME and source.country:
                found.add(source.country)
    return tuple(sorted(found))


def _voice(mention: SourceMention, text: str, resolver: NameResolver, settle: _Settle) -> SourceMention:
    found = settle(resolver.resolve(mention.text, kind=mention.kind))
    if found.verdict is not Verdict.ENTRY and mention.refers_to is not None:
        fuller = mention.refers_to.of(text)
        meant = settle(resolver.resolve(fuller, kind=mention.kind))
        if _rank(meant) > _rank(found):
            found = replace(meant, reason=f"'{mention.text}' refers to '{fuller}': {meant.reason}")
    return replace(mention, source_id=found.source_id, candidates=found.candidates, reason=found.reason)


def _settle(found: NameMatch, *, resolver: NameResolver, countries: frozenset[str]) -> NameMatch:
    """Of several that bear one name, the only one of a country that the report names ("the Congolese army", in Goma)."""
    if found.verdict is not Verdict.MAYBE or found.score < 1 or len(found.candidates) < 2:
        return found
    of = {id_: resolver.registry[id_].country for id_ in found.candidates}
    near = [id_ for id_, country in of.items() if country in countries]
    if len(near) != 1 or not all(of.values()):
        return found
    reason = f"{found.reason}; the report names places in {of[near[0]]} only"
    return replace(found, verdict=Verdict.ENTRY, source_id=near[0], candidates=(), reason=reason)


_ORDER = (Verdict.NONE, Verdict.MAYBE, Verdict.UNLISTED, Verdict.ENTRY)


def _rank(match: NameMatch) -> int:
    return _ORDER.index(match.verdict)


def _actor(actor: Actor, resolver: NameResolver, settle: _Settle) -> Actor:
    found = settle(resolver.resolve(actor.text, role=actor.role))
    if found.verdict is Verdict.NONE:
        return actor
    reason = f"{actor.reason}; {found.reason}" if actor.reason else found.reason
    return replace(actor, registry_id=found.source_id, candidates=found.candidates, reason=reason)
