"""How many independent origins stand behind a happening: who relays whom, what is copied, who belongs together.

Voices are the nodes, "rests on" the edges: an outlet rests on the voices it cites, a relay on the voice it relays, a copy on its original. A voice
that rests on nobody is an origin; a loop that nobody leads out of is one origin and is named as circular. Origins of one owner or one camp, and unnamed
voices that cannot be told apart, count once.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ondit.model import Copy, CopyKind, Independence, Origin, Source, SourceKind
from ondit.text.folding import fold_name
from ondit.weigh.loops import components
from ondit.weigh.voices import Known, Statement, Voice
from ondit.weigh.words import listed, plural

_SAME_WORDING = frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.FORWARD, CopyKind.TRANSLATION})
_UNNAMED_SHOWN = "without names and in different languages, so that nothing tells them apart"


@dataclass(slots=True)
class _Graph:
    """Voices by key, the edges "rests on", and the reasons behind edges that are not told by a chain."""

    voices: dict[str, Voice] = field(default_factory=dict)
    edges: dict[str, dict[str, None]] = field(default_factory=dict)  # insertion order: the earliest report first
    why: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, *chain: Voice) -> None:
        for voice in chain:
            self.voices.setdefault(voice.key, voice)
            self.edges.setdefault(voice.key, {})
        for outer, inner in itertools.pairwise(chain):
            if outer.key != inner.key:
                self.edges[outer.key][inner.key] = None


@dataclass(frozen=True, slots=True)
class Origins:
    """The independence of a happening and, by voice key, the name of the origin that a voice counts for."""

    independence: Independence
    of_voice: Mapping[str, str]


def find_origins(found: Sequence[Statement], copies: Sequence[Copy], known: Known) -> Origins:
    """Fold the voices of the statements into independent origins."""
    affirmed = [s for s in found if s.affirms]
    graph = _graph(affirmed, copies)
    groups = components(graph.edges)
    circles = [g for g in groups if len(g) > 1]
    group_of = {key: n for n, group in enumerate(groups) for key in group}
    roots = [n for n, group in enumerate(groups) if all(group_of[to] == n for key in group for to in graph.edges[key])]
    backward = _backward(graph.edges)
    folded = _fold(roots, groups, graph, backward, known)
    carried = _carriers(affirmed)
    origins: list[Origin] = []
    of_voice: dict[str, str] = {}
    for members, reasons in folded:
        keys = [key for n in members for key in groups[n]]
        name = _origin_name([graph.voices[key] for key in keys])
        resting = _resting_on(keys, backward, of_voice)
        of_voice |= dict.fromkeys(resting, name)
        reports = tuple(dict.fromkeys(r for key in resting for r in carried.get(key, ())))
        loop = ["; ".join(f"{_circle_sentence(groups[n], graph)}" for n in members if len(groups[n]) > 1)]
        voices = tuple(dict.fromkeys(graph.voices[key].name for key in keys))
        origins.append(Origin(name, voices, reports, tuple(filter(None, [*reasons, *loop]))))
    origins.sort(key=lambda o: -len(o.reports))
    named = tuple(tuple(graph.voices[key].name for key in group) for group in circles)
    return Origins(_account(affirmed, origins, named, copies), of_voice)


def _graph(found: Iterable[Statement], copies: Sequence[Copy]) -> _Graph:
    graph = _Graph()
    outlets: dict[str, Voice] = {}
    for statement in found:
        graph.add(*statement.relays, statement.voice)
        outlets.setdefault(statement.report.id, statement.outlet)
        if sender := statement.report.forwarded_from:
            passed_on = _passed_on(sender, outlets, graph)
            _rests_on(graph, statement.outlet, passed_on, f"{statement.outlet.name} passed on a post of {sender}")
            graph.add(passed_on, *(*statement.relays, statement.voice)[1:])  # whom the post cites, its author cites
    for copy in copies:
        outlet, original = outlets.get(copy.report), outlets.get(copy.original)
        if copy.kind in _SAME_WORDING and outlet and original:
            _rests_on(graph, outlet, original, f"{outlet.name} repeats {original.name} ({copy.kind} copy)")
    return graph


def _passed_on(sender: str, outlets: Mapping[str, Voice], graph: _Graph) -> Voice:
    """The channel that a post was forwarded from, when it speaks here itself; else a voice of its own."""
    key = fold_name(sender) or sender
    known = next((v for v in outlets.values() if fold_name(v.name) == key), None)
    return known or graph.voices.get(key) or Voice(key, sender, SourceKind.SOCIAL_CHANNEL, named=True)


def _rests_on(graph: _Graph, outer: Voice, inner: Voice, why: str) -> None:
    if outer.key != inner.key:
        graph.add(outer, inner)
        graph.why.setdefault((outer.key, inner.key), why)


def _fold(
    roots: Sequence[int],
    groups: Sequence[Sequence[str]],
    graph: _Graph,
    backward: Mapping[str, Sequence[str]],
    known: Known,
) -> list[tuple[list[int], list[str]]]:
    """Roots that count once, with the reasons: one camp, one owner, or no name to tell them apart."""
    voices = [graph.voices[key] for n in roots for key in groups[n]]
    ordinals = _ordinals(voices)
    first: dict[tuple[str, ...], int] = {}
    parent = {n: n for n in roots}
    reasons: dict[int, list[str]] = {}

    def find(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n in roots:
        for voice in (graph.voices[key] for key in groups[n]):
            for mark, reason in _marks(
                voice, known, ordinals, [graph.voices[key] for key in backward.get(voice.key, ())]
            ):
                other = first.setdefault(mark, n)
                if find(other) != find(n):
                    parent[find(n)] = find(other)
                    reasons.setdefault(n, []).append(reason)
    gathered: dict[int, tuple[list[int], list[str]]] = {}
    for n in roots:
        members, why = gathered.setdefault(find(n), ([], []))
        members.append(n)
        why += reasons.get(n, [])
    return [(members, list(dict.fromkeys(why))) for members, why in gathered.values()]


_Mark = tuple[tuple[str, ...], str]


def _ordinals(voices: Iterable[Voice]) -> dict[str, int]:
    """By key, which one of its office (where it has none, of its kind) and language a voice without a name is; the first of two languages may be one and the same."""
    counted: dict[tuple[str, str], int] = {}
    ordinals = {}
    for voice in voices:
        if not voice.named and voice.source is None:
            place = (voice.office or voice.kind, voice.language)
            ordinals[voice.key] = counted[place] = counted.get(place, 0) + 1
    return ordinals


def _marks(voice: Voice, known: Known, ordinals: Mapping[str, int], relays: Sequence[Voice]) -> list[_Mark]:
    """What a voice shares with others of its side, and the sentence for it.

    A voice without a name that is known through one relay only is no more independent than that relay.
    """
    if voice.source is not None:
        return _sides(voice.source, known)
    if voice.named:
        return []
    through = relays[0].source if len(relays) == 1 else None
    marks = [
        (mark, f"{voice.name}, known only through {relays[0].name}, {reason}")
        for mark, reason in _sides(through, known)
    ]
    return [*marks, (("unnamed", voice.office or voice.kind, str(ordinals[voice.key])), _UNNAMED_SHOWN)]


def _sides(source: Source | None, known: Known) -> list[_Mark]:
    if source is None:
        return []

    def name(id_: str) -> str:
        return known.sources[id_].name if id_ in known.sources else id_

    camps: list[_Mark] = [(("side", camp), f"of one camp: {name(camp)}") for camp in source.camps]
    owner: list[_Mark] = [(("side", source.owner), f"of one owner: {name(source.owner)}")] if source.owner else []
    return [(("side", source.id), f"of one side: {source.name}"), *camps, *owner]


def _backward(edges: Mapping[str, Mapping[str, None]]) -> dict[str, list[str]]:
    backward: dict[str, list[str]] = {}
    for outer, inners in edges.items():
        for inner in inners:
            backward.setdefault(inner, []).append(outer)
    return backward


def _resting_on(keys: Sequence[str], backward: Mapping[str, Sequence[str]], taken: Mapping[str, str]) -> list[str]:
    """The origin's own voices and those that rest on it and on no earlier origin."""
    reached, stack = dict.fromkeys(keys), list(keys)
    while stack:
        for outer in backward.get(stack.pop(), ()):
            if outer not in reached and outer not in taken:
                reached[outer] = None
                stack.append(outer)
    return list(reached)


def _carriers(found: Iterable[Statement]) -> dict[str, dict[str, None]]:
    """The reports that carry each voice."""
    carried: dict[str, dict[str, None]] = {}
    for statement in found:
        carried.setdefault(statement.voice.key, {})[statement.report.id] = None
    return carried


def _origin_name(voices: Sequence[Voice]) -> str:
    return next((v.name for v in voices if v.named), voices[0].name)


def _circle_sentence(group: Sequence[str], graph: _Graph) -> str:
    names = [graph.voices[key].name for key in group]
    return f"circular: {listed(names)} cite one another and nobody else"


def _account(
    found: Sequence[Statement], origins: Sequence[Origin], circles: tuple[tuple[str, ...], ...], copies: Sequence[Copy]
) -> Independence:
    reports = len({s.report.id for s in found})
    outlets = len({s.outlet.key for s in found})
    parts = [_origin_words(origin) for origin in origins]
    head = f"{plural(reports, 'report')}, {plural(outlets, 'outlet')}, {plural(len(origins), 'independent origin')}"
    notes = []
    present = {s.report.id for s in found}
    repeated = sum(c.report in present and c.kind in _SAME_WORDING for c in copies)
    if repeated:
        notes.append(f"{plural(repeated, 'report')} of these only repeat{'s' if repeated == 1 else ''} another")
    notes += [f"circular reporting: {' → '.join((*circle, circle[0]))}" for circle in circles]
    text = f"{head}: {'; '.join(parts)}" if parts else head
    return Independence(reports, outlets, tuple(origins), circles, ". ".join([text, *notes]) + ".")


def _origin_words(origin: Origin) -> str:
    voices = f" ({listed(origin.voices)})" if len(origin.voices) > 1 else ""
    why = f", counted once: {'; '.join(origin.reasons)}" if origin.reasons else ""
    return f"{origin.name}{voices}, carried by {plural(len(origin.reports), 'report')}{why}"
