"""All voices of a report as a tree: who through whom, with what stances."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ondit.model import Reading, SourceKind, Stance
from ondit.present.fields import kind_name, plural, stance_sign, voice_name
from ondit.present.html.markup import own_direction, tag, text

_MOST_LINKS = 12


@dataclass(slots=True)
class _Voice:
    """A voice reached through the same voices; `claims` are those it is the innermost voice of."""

    name: str
    kind: SourceKind = SourceKind.OTHER
    claims: list[int] = field(default_factory=list)
    stances: Counter[Stance] = field(default_factory=Counter)
    inner: dict[str, "_Voice"] = field(default_factory=dict)


def render_voices(reading: Reading) -> str:
    """The tree, the report itself at its root."""
    root = _Voice(reading.report.publisher or "this report")
    for number, claim in enumerate(reading.claims, 1):
        voice = root
        for mention in claim.chain:
            name = voice_name(reading.report, mention)
            voice = voice.inner.setdefault(_key(name), _Voice(name, mention.kind))
        voice.claims.append(number)
        voice.stances[claim.stance] += 1
    return tag("ul", _render(root, is_report=True), class_="tree")


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def _render(voice: _Voice, *, is_report: bool = False) -> str:
    kind = "the report's own voice" if is_report else kind_name(voice.kind)
    label = own_direction(voice.name, class_="who")
    tally = tag("span", *_tally(voice), class_="tally")
    links = tag("span", *_links(voice), class_="links") if voice.claims else ""
    line = tag("div", label, tag("small", text(kind)), tally, links, class_="node")
    inner = tag("ul", *(_render(v) for v in voice.inner.values())) if voice.inner else ""
    return tag("li", line, inner, class_="own" if is_report else "by")


def _tally(voice: _Voice) -> Iterator[str]:
    for stance in Stance:
        if count := voice.stances[stance]:
            sign = tag("span", stance_sign(stance), aria_hidden="true")
            yield tag("span", sign, str(count), class_=f"badge s-{stance}", title=f"{stance}: {plural(count, 'claim')}")


def _links(voice: _Voice) -> Iterator[str]:
    for number in voice.claims[:_MOST_LINKS]:
        yield tag("a", str(number), href=f"#t{number}", class_="ref", data_go=number)
    if len(voice.claims) > _MOST_LINKS:
        yield text(f"and {len(voice.claims) - _MOST_LINKS} more")
