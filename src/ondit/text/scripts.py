"""Which script a character is written in, coarsely: enough to choose language packs."""

from collections import Counter
from functools import lru_cache

_RANGES = (
    ("Latin", 0x0041, 0x024F),
    ("Greek", 0x0370, 0x03FF),
    ("Cyrillic", 0x0400, 0x052F),
    ("Hebrew", 0x0590, 0x05FF),
    ("Arabic", 0x0600, 0x06FF),
    ("Arabic", 0x0750, 0x077F),
    ("Devanagari", 0x0900, 0x097F),
    ("Latin", 0x1E00, 0x1EFF),
    ("Hangul", 0xAC00, 0xD7AF),
    ("Kana", 0x3040, 0x30FF),
    ("Han", 0x4E00, 0x9FFF),
    ("Arabic", 0xFB50, 0xFDFF),
    ("Arabic", 0xFE70, 0xFEFF),
)
_MANY = 200  # characters


@lru_cache(maxsize=4_096)
def script_of(char: str) -> str:
    """Name of the script of a letter (ISO 15924 names), "" for what is no letter or not listed."""
    if not char.isalpha():
        return ""
    code = ord(char)
    return next((name for name, low, high in _RANGES if low <= code <= high), "")


def scripts_in(text: str) -> frozenset[str]:
    """The scripts of the letters of a text."""
    return frozenset(map(script_of, set(text))) - {""}


def count_scripts(text: str) -> Counter[str]:
    """Letters of each script in a text."""
    scripts: Counter[str] = Counter()
    chars = set(text)
    # Few different ones, as in all alphabets: counting each costs less than looking at each place of the text.
    counted = {char: text.count(char) for char in chars} if len(chars) < _MANY else Counter(text)
    for char, n in counted.items():
        if name := script_of(char):
            scripts[name] += n
    return scripts
