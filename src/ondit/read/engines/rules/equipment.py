"""Weapons, vehicles and systems that a report names: which they are in the ontology, and whether they were used, hit or compared with.

A name that has other meanings ("Patriot", "Tor", "A-10") is read only beside other equipment; a slip of one letter ("MC-9") is
read as the system it must mean only where the report speaks of its kind, and the mention says so.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress

from ondit.model import EquipmentMention, EquipmentUse
from ondit.model.records import replace
from ondit.ontology.equipment import Alias
from ondit.read.engines.rules.equipment_phrases import mentioned
from ondit.read.engines.rules.equipment_use import use_of, verb_groups
from ondit.read.engines.rules.equipment_words import (
    DESIGNATION,
    EquipmentWords,
    Found,
    could_name,
    domain_of,
    equipment_words,
    named,
    piece,
    systems_index,
    wildcards,
)
from ondit.read.engines.rules.numerals import phrase_end
from ondit.read.engines.rules.units import Parse
from ondit.text.remembered import Remembered

_ADJECTIVES = 4  # one more than stand between a word for a thing and its name
_LONGEST = 5  # tokens of a name
_BESIDE = 8  # tokens around an ambiguous name
_MILLIMETRES = "mm"
_AROUND = 40  # tokens around a slip
# What is fired at what: a slip for a drone may stand beside air defence.
_ADVERSARIES = {
    "drone": ("air_defence", "aircraft"),
    "aircraft": ("air_defence", "drone"),
    "air_defence": ("drone", "aircraft", "missile"),
}


def find_equipment(parse: Parse) -> list[EquipmentMention]:
    """The equipment a document names, in text order."""
    words = equipment_words(parse.pack)
    found = _merged(parse, _resolved(parse, list(_candidates(parse, words)), words), words)
    verbs = verb_groups(parse) if found else {}
    mentions: list[EquipmentMention] = []
    last_use: tuple[int, EquipmentUse] | None = None
    for item in found:
        use = use_of(parse, verbs, item.first, item.last, words)
        if last_use is not None and use is EquipmentUse.USED and _joined(parse, last_use[0], item.first, words):
            use = last_use[1]
        last_use = (item.last, use)
        mentions.append(_mention(parse, item, use, words))
    return mentions


def _candidates(parse: Parse, words: EquipmentWords) -> Iterator[Found]:
    """Every place where a name or a word of equipment may stand, the longest reading of each."""
    keys, starts, text = parse.tokens.keys, parse.tokens.starts, parse.text
    kinds, lower = words.kinds, systems_index().lower
    systems = set(compress(parse.places, map(_begins_one.__getitem__, parse.places)))
    free = 0
    for at in parse.where(systems | (kinds.keys() & parse.places.keys())):
        if at < free:
            continue
        key = keys[at]
        best: Found | None = None
        letter = text[starts[at]]
        if key in systems and letter.isalnum() and (not letter.islower() or key in lower):
            best = _system(parse, at)
        if key in kinds:
            generic = _generic(parse, at, words)
            if generic is not None and (best is None or generic.last > best.last):
                best = generic
        if best is not None:
            yield best
            free = best.last


def _generic(parse: Parse, at: int, words: EquipmentWords) -> Found | None:
    keys = parse.tokens.keys
    for kind in words.kinds[keys[at]]:
        if stop := phrase_end(keys, at, kind.phrase, words.articles_between):
            if any(tuple(keys[max(0, at - i) : at - i + len(p)]) == p for p, i in words.never.get(keys[at], ())):
                return None
            found = Found(at, stop, kind.kind, doubtful=kind.doubtful)
            verb = len(kind.phrase) == 1 and parse.tags[at] in "VXi"
            named_so = parse.text[parse.tokens.starts[at]].isupper() and _part_of_a_name(parse, found, ())
            if verb or named_so or (kind.means and not _is_means(parse, at, stop, words)):
                return None
            return found
    return None


def _is_means(parse: Parse, at: int, stop: int, words: EquipmentWords) -> bool:
    """Is a car or a truck what an attack was made with?"""
    keys, tags = parse.tokens.keys, parse.tags
    if any(key in words.means_verbs for key in keys[stop : stop + 4]):
        return True
    begin = at
    while begin > 0 and tags[begin - 1] in "DA#" and at - begin < 3:
        begin -= 1
    introduced = any(tuple(keys[max(0, begin - len(p)) : begin]) == p for p in words.means_before)
    if introduced and keys[begin - 1] in words.means_verbs:
        return True
    return introduced and any(key in words.means_context for key in keys[max(0, at - 25) : stop + 10])


@Remembered
def _begins_one(key: str) -> bool:
    """Can a system's name begin with this word, be it one letter off?"""
    index, part = systems_index(), piece(key)
    known = part is not None and (
        part in index.prefixes or part in index.aliases or (part.endswith("s") and part[:-1] in index.aliases)
    )
    return known or DESIGNATION.fullmatch(part or "") is not None


def _system(parse: Parse, at: int) -> Found | None:
    index = systems_index()
    keys = parse.tokens.keys
    spelling = ""
    best: tuple[str, int] | None = None
    for stop in range(at, min(at + _LONGEST, len(keys))):
        part = piece(keys[stop])
        if part is None or (stop > at and parse.tokens.starts[stop] - parse.tokens.stops[stop - 1] > 1):
            break
        spelling += part
        if part and spelling in index.aliases:
            best = (spelling, stop + 1)
        elif spelling.endswith("s") and spelling[:-1] in index.aliases:
            best = (spelling[:-1], stop + 1)
        if spelling not in index.prefixes:
            break
    if best is None:
        return _slip(parse, at)
    alias = _chosen(index.aliases[best[0]], parse.words(at, best[1]))
    if alias is None or (not alias.written.isascii() and " " in parse.words(at, best[1]) and " " not in alias.written):
        return None  # two words of a script that fuses words are not one
    spaced = best[1] - at > 1 and keys[best[1] - 1].isdigit() and len(keys[at]) <= 2
    doubtful = alias.guard == "context" or spaced or (alias.guard == "capital" and _heads_sentence(parse, at))
    return Found(at, best[1], alias.system.kind.id, alias.system, doubtful=doubtful)


def _chosen(options: Sequence[Alias], words: str) -> Alias | None:
    fitting = [alias for alias in options if could_name(alias, words)]
    return fitting[0] if len(fitting) == 1 else next((a for a in fitting if a.written == words), None)


def _slip(parse: Parse, at: int) -> Found | None:
    """A designation one letter away from exactly one system."""
    key = piece(parse.tokens.keys[at]) or ""
    if not DESIGNATION.fullmatch(key) or not parse.words(at, at + 1)[:2].isupper():
        return None
    near = systems_index().near_misses
    ids = {id_ for pattern in wildcards(key) for id_ in near.get(pattern, ())}
    if len(ids) != 1:
        return None
    system = named(ids.pop())
    reason = f"'{parse.words(at, at + 1)}' read as {system.name}: one letter off"
    return Found(at, at + 1, system.kind.id, system, reason, doubtful=True)


def _heads_sentence(parse: Parse, at: int) -> bool:
    return (
        at == 0
        or parse.tokens.keys[at - 1] in '.!?…:«“"'
        or "\n" in parse.text[parse.tokens.stops[at - 1] : parse.tokens.starts[at]]
    )


def _resolved(parse: Parse, candidates: Sequence[Found], words: EquipmentWords) -> list[Found]:
    """Candidates without the doubtful names that nothing beside them supports."""
    sure = [item for item in candidates if not item.doubtful]
    kept: list[Found] = []
    for item in candidates:
        if not item.doubtful:
            kept.append(item)
            continue
        near = [*_within(sure, item.first), *kept[-_AROUND:]]
        if _supported(parse, item, near, words):
            kept.append(item)
    return kept


def _within(sure: Sequence[Found], at: int) -> Sequence[Found]:
    """Those that begin within the widest reach of a token."""
    low = bisect_left(sure, at - _AROUND, key=lambda f: f.first)
    return sure[low : bisect_left(sure, at + _AROUND + 1, key=lambda f: f.first)]


def _supported(parse: Parse, item: Found, sure: Sequence[Found], words: EquipmentWords) -> bool:
    keys = parse.tokens.keys
    if item.reason:
        domain = domain_of(item.kind)
        wanted = (domain, *_ADVERSARIES.get(domain, ()))
        return any(abs(other.first - item.first) <= _AROUND and domain_of(other.kind) in wanted for other in sure)
    before = keys[item.first - 1] if item.first else ""
    after = keys[item.last] if item.last < len(keys) else ""
    if before in words.never_before or after in words.never_after or _part_of_a_name(parse, item, sure):
        return False
    if any(abs(other.first - item.first) <= _BESIDE for other in sure):
        return True
    window = keys[max(0, item.first - _BESIDE) : item.last + _BESIDE]
    return sum(key in words.context for key in window) >= 1 and not _heads_sentence(parse, item.first)


def _part_of_a_name(parse: Parse, item: Found, sure: Sequence[Found]) -> bool:
    """Does another capitalised word stand right beside it ("Omar Bradley", "Apache Junction")?"""
    for at, edge in ((item.first - 1, item.first), (item.last, item.last - 1)):
        if not 0 <= at < len(parse.tokens) or any(other.first <= at < other.last for other in sure):
            continue
        word = parse.words(at, at + 1)
        if (
            parse.tags[at] == "P"
            and word[0].isupper()
            and not word.isupper()
            and not _heads_sentence(parse, min(at, edge))
        ):
            return True
    return False


def _merged(parse: Parse, found: Sequence[Found], words: EquipmentWords) -> list[Found]:
    """A system and the word for its kind beside it are one mention ("Shahed-136 drones", "avions F-16"), a calibre with them."""
    keys, out = parse.tokens.keys, list[Found]()
    for item in found:
        before = out[-1] if out else None
        calibre = before is not None and before.last + 1 == item.first and keys[before.last] in words.of
        if before is not None and calibre and keys[item.first][0].isdigit():
            unit = item.last < len(keys) and keys[item.last] == _MILLIMETRES
            out[-1] = replace(before, last=item.last + unit)
            continue
        if before is not None and _of_a_type(parse, before.last, item.first, words):
            out[-1] = replace(item if before.system is None else before, first=before.first, last=item.last)
            continue
        if (
            before is not None
            and before.system is None
            and item.system
            and _only_adjectives(parse, before, item, words)
        ):
            out[-1] = replace(item, first=before.first)
            continue
        if before is not None and before.last == item.first and (before.system is None) != (item.system is None):
            system = before if before.system else item
            kind = item if before.system else before
            if domain_of(system.kind) == domain_of(kind.kind) or (system.last == kind.first) != words.head_first:
                out[-1] = replace(system, first=before.first, last=item.last)
                continue
        out.append(item)
    return out


def _of_a_type(parse: Parse, last: int, first: int, words: EquipmentWords) -> bool:
    """Does "de type" stand between two names, so that the second says what the first is?"""
    keys, tags = parse.tokens.keys, parse.tags
    led = next((p for p in words.types if tuple(keys[max(last, first - len(p)) : first]) == p), None)
    between = range(last, first - len(led)) if led is not None else ()
    return led is not None and all(tags[at] in "Av" or keys[at] in words.demonyms for at in between)


def _only_adjectives(parse: Parse, kind: Found, system: Found, words: EquipmentWords) -> bool:
    """Stand only adjectives between a word and the name behind it ("missiles | ukrainiens navals | Neptune")?"""
    between = parse.tags[kind.last : system.first]
    fits = words.head_first and 0 < len(between) < _ADJECTIVES and set(between[:1]) <= set("Av") >= set(between) - {"N"}
    return fits and domain_of(kind.kind) == domain_of(system.kind)


def _joined(parse: Parse, last: int, first: int, words: EquipmentWords) -> bool:
    """Stand only "or", "and", articles and numbers between two names?"""
    keys, tags = parse.tokens.keys, parse.tags
    if not last < first <= last + 4:
        return False
    fits = all(
        keys[at] in words.coordinators or keys[at] in words.articles or tags[at] in "#A" for at in range(last, first)
    )
    return fits and any(key in words.coordinators for key in keys[last:first])


def _mention(parse: Parse, item: Found, use: EquipmentUse, words: EquipmentWords) -> EquipmentMention:
    first, last = mentioned(parse, item, words)
    span = parse.span(first, last)
    bare = parse.words(item.first, item.last)
    system = item.system
    if system is None:
        reason = f"a word for {item.kind}"
        return EquipmentMention(
            span, span.of(parse.text), item.kind, bare.lower(), use, f"{parse.pack.language}/equipment:kind", reason
        )
    rule = "slip" if item.reason else "name"
    reason = item.reason or f"'{bare}' is {system.name}"
    return EquipmentMention(
        span, span.of(parse.text), system.id, system.name, use, f"{parse.pack.language}/equipment:{rule}", reason
    )
