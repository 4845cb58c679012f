"""Lines of a page or post that are no part of its report: "read also", "follow us", whose a picture is (`words/page.toml` of a pack)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ondit.languages import load_pack
from ondit.text.folding import any_spelling

_HEAD = r"^[^\w\n©]{0,8}"  # emoji, bullets, arrows, brackets before it
_LONGEST, _CREDIT = 250, 80  # characters behind it


@lru_cache(maxsize=16)
def idle_lines(language: str) -> re.Pattern[str] | None:
    """What finds those lines in a text, without their ends; None for a language that lists none."""
    pack = load_pack(language)
    if not pack.has("words/page.toml"):
        return None
    words = pack.table("words/page")
    shapes = (
        rf"(?:{_either(words['lines'])})(?!\w)[^\n]{{0,{_LONGEST}}}",
        rf"(?:{_either(words['marked'])}) ?:[^\n]{{0,{_LONGEST}}}",
        rf"(?:{_either(words['credits'])}) ?[:/(،,][^\n]{{0,{_CREDIT}}}",
        rf"(?:{_either(words['whole'])})\W{{0,3}}",
        rf"©[^\n]{{0,{_CREDIT}}}",
    )
    return re.compile(rf"{_HEAD}(?:{'|'.join(shapes)})$", re.IGNORECASE | re.MULTILINE)


def _either(phrases: Sequence[str]) -> str:
    """Any of the phrases as a text may have it."""
    return "|".join(any_spelling(re.escape(p).replace("\\ ", " +").replace("'", "['’]")) for p in phrases)
