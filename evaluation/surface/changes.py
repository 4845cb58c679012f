"""Changes of a report's surface that change nothing of what it says, by name: lines, spaces, marks, markup, figures, letters.

Each is a function (text, language) → text; a text that it leaves as it is is not counted.
"""

import html
import re
import textwrap
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from ondit.languages import load_pack
from ondit.text.quotations import find_quotations
from ondit.text.sentences import find_paragraphs, find_sentences

Change = Callable[[str, str], str]
_ADDRESS = "https://t.co/aBc123xyZ"
INSERTED = re.compile(r"https?://\S+|@example|#Sahel|#Actu|🔥")
"""What the changes put into a text beside marks."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [span.of(text) for span in find_paragraphs(text)]


def _sentences(text: str, language: str) -> Iterator[list[str]]:
    """The sentences of each paragraph."""
    spans = find_paragraphs(text)
    found = find_sentences(text, spans, find_quotations(text, spans), load_pack(language).abbreviations)
    for paragraph in spans:
        yield [sentence.of(text) for sentence in found if paragraph.contains(sentence)]


def _each(change: Callable[[str], str], between: str = "\n") -> Change:
    return lambda text, _: between.join(map(change, paragraphs(text)))


def _first(change: Callable[[str], str]) -> Change:
    def changed(text: str, _: str) -> str:
        head, *rest = paragraphs(text)
        return "\n".join([change(head), *rest])

    return changed


def _behind_sentences(words: str) -> Change:
    return lambda text, language: "\n".join(" ".join(s + words for s in group) for group in _sentences(text, language))


@cache
def _lines() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))


def _between(line: str) -> Change:
    return lambda text, language: f"\n{_lines()[language][line]}\n".join(paragraphs(text))


def _behind(line: str) -> Change:
    return lambda text, language: f"{text}\n\n{_lines()[language][line]}"


def _swap(pattern: str, instead: str | Callable[[re.Match[str]], str], *languages: str) -> Change:
    found = re.compile(pattern, re.MULTILINE)
    return lambda text, language: found.sub(instead, text) if not languages or language in languages else text


def _letters(table: dict[str, str], *languages: str) -> Change:
    letters = str.maketrans(table)
    return lambda text, language: text.translate(letters) if not languages or language in languages else text


def _quoted(opening: str, closing: str) -> Change:
    """The outermost quotations in other marks."""

    def changed(text: str, _: str) -> str:
        found = [q for q in find_quotations(text, find_paragraphs(text)) if q.depth == 0 and q.closed]
        for q in reversed(found):
            if text[q.outer.start] in '"«“':
                text = f"{text[: q.outer.start]}{opening}{q.inner.of(text)}{closing}{text[q.outer.stop :]}"
        return text

    return changed


def _wrapped(width: int, between: str = "\n") -> Change:
    return _each(lambda p: textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False), between)


def _mail_quote(text: str, language: str) -> str:
    return "\n".join(f"> {line}" for line in _wrapped(70, "\n\n")(text, language).split("\n"))


def _divided(paragraph: str) -> str:
    """Lines as a PDF has them, every second one ending in a divided word where the next is long."""
    lines = textwrap.wrap(paragraph, 70, break_long_words=False, break_on_hyphens=False)
    for at in range(0, len(lines) - 1, 2):
        word = lines[at + 1].split(" ")[0]
        if len(word) > 8 and word.isalpha() and word.islower():
            lines[at] += f" {word[:4]}-"
            lines[at + 1] = lines[at + 1][4:]
    return "\n".join(lines)


def _every_third(pattern: str, shape: str) -> Change:
    """Every third match in another shape."""

    def changed(text: str, _: str) -> str:
        count = iter(range(len(text)))
        return re.sub(pattern, lambda m: shape.format(m.group()) if next(count) % 3 == 0 else m.group(), text)

    return changed


def _grouped(mark: str, *languages: str) -> Change:
    """Thousands with another mark, in the languages that write them so; years stay."""

    def changed(text: str, language: str) -> str:
        if languages and language not in languages:
            return text
        text = re.sub(
            r"(?<![\d.,])(\d{1,3})(?:[, \u00a0\u202f](?=\d{3}\b)|\.(?=\d{3}\b(?![.,]\d)))(\d{3})\b", r"\1\2", text
        )
        return re.sub(r"(?<![\d.,/:-])(\d{1,3})(\d{3})(?![\d.,/:-])(?=\s+\w)", one, text)

    def one(match: re.Match[str]) -> str:
        year = 1900 <= int(match.group()) <= 2035
        return match.group() if year else mark.join(match.groups())

    return changed


def _unaccented(text: str, language: str) -> str:
    if language != "fr":
        return text
    plain = unicodedata.normalize("NFD", text).replace("œ", "oe")
    return "".join(c for c in plain if not unicodedata.combining(c))


_WORD = r"(?<=\s)[^\W\d_]{5,}(?=\s)"
_LONG = r"\b(\w{5})(\w{4,})\b"
_DASH = r"(?<=\s)[–—-](?=\s)"
_HYPHEN = r"(?<=\w)-(?=\w)"
_NARROW = r"(?<=\d) (?=\w)|(?<=«) | (?=[»:;?!%])"
_STRETCH = "(?<=[\u0628\u062a\u062b\u062c\u062d\u062e\u0633\u0634\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647])(?=[\u0628\u062a\u062d\u0633\u0634\u0645\u0646\u0647]\\w)"
_VOWELLED = "([\u0628\u062a\u062b\u062c\u062d\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643\u0644\u0645\u0646\u0647])(?=\\w)"

CHANGES: dict[str, Change] = {
    "lines of Windows": _swap(r"\n", "\r\n"),
    "lines broken at 72": _wrapped(72),
    "lines broken at 50": _wrapped(50),
    "lines broken at 72, blank lines between paragraphs": _wrapped(72, "\n\n"),
    "lines of a PDF with divided words": _each(_divided, "\n\n"),
    "quoted in a mail": _mail_quote,
    "a line each sentence": lambda text, language: "\n".join(s for group in _sentences(text, language) for s in group),
    "one paragraph": lambda text, _: " ".join(paragraphs(text)),
    "indented": _each(lambda p: f"   {p}  "),
    "no-break spaces": _letters({" ": "\u00a0"}),
    "narrow no-break spaces beside marks and figures": _swap(_NARROW, "\u202f"),
    "double spaces": _letters({" ": "  "}),
    "tabs": _letters({" ": "\t"}),
    "quotations in straight marks": _quoted('"', '"'),
    "quotations in curly marks": _quoted("“", "”"),
    "quotations in guillemets": _quoted("« ", " »"),
    "quotations in low marks": _quoted("„", "“"),
    "curly apostrophes": _swap(r"(?<=\w)['’](?=\w)", "’"),
    "straight apostrophes": _swap(r"(?<=\w)['’](?=\w)", "'"),
    "grave apostrophes": _swap(r"(?<=\w)['’](?=\w)", "`"),
    "three dots in one": _swap(r"\.{3}", "…"),
    "dashes: hyphens": _swap(_DASH, "-"),
    "dashes: long": _swap(_DASH, "—"),
    "dashes: two hyphens": _swap(_DASH, "--"),
    "hyphens that do not break": _swap(_HYPHEN, "\u2011"),
    "no stop at the end of paragraphs": _each(lambda p: re.sub(r"(?<!\.)\.([\"»”]?)$", r"\1", p)),
    "a space before stops and commas": _swap(r"(?<=\w)([,.])(?=\s)", r" \1"),
    "soft hyphens": _swap(_LONG, "\\1\u00ad\\2"),
    "zero-width spaces": _swap(_LONG, "\\1\u200b\\2"),
    "marks of direction around figures": _swap(r"(\d+)", "\u200e\\1\u200e"),
    "marks of direction around marks": _swap(r"([.،:\"»])", "\u200f\\1\u200f"),
    "paragraphs isolated by direction": _each(lambda p: f"\u2067{p}\u2069"),
    "a byte order mark": lambda text, _: "\ufeff" + text,
    "accents as characters of their own": lambda text, _: unicodedata.normalize("NFD", text),
    "ligatures": lambda text, _: text.replace("fi", "\ufb01").replace("fl", "\ufb02").replace("\u0644\u0627", "\ufefb"),
    "full-width figures and brackets": _letters({c: chr(ord(c) + 0xFEE0) for c in "0123456789()"}),
    "entities": lambda text, _: html.escape(text).replace("\u00a0", "&nbsp;"),
    "markdown: first line bold": _first(lambda p: f"**{p}**"),
    "markdown: words bold": _every_third(_WORD, "**{}**"),
    "markdown: words in italics": _every_third(_WORD, "*{}*"),
    "markdown: words linked": _every_third(_WORD, "[{}](https://example.org/a_b)"),
    "markdown: quoted": _each(lambda p: f"> {p}"),
    "markdown: a heading": _first(lambda p: f"# {p}"),
    "markdown: a list": _each(lambda p: f"* {p}"),
    "markdown: marks escaped": _swap(r"([-.!()])", r"\\\1"),
    "an address behind each sentence": _behind_sentences(f" {_ADDRESS}"),
    "an address behind each paragraph": _each(lambda p: f"{p} {_ADDRESS}"),
    "an address in a line of its own": _each(lambda p: f"{p}\n{_ADDRESS}"),
    "an emoji behind each sentence": _behind_sentences(" 🔥"),
    "an emoji at once behind each sentence": _behind_sentences("🔥"),
    "a handle behind each paragraph": _each(lambda p: f"{p} @example"),
    "hashtags behind each paragraph": _each(lambda p: f"{p} #Sahel #Actu"),
    "a picture's credit between paragraphs": _between("caption"),
    "“read also” between paragraphs": _between("also"),
    "an advertisement between paragraphs": _between("advert"),
    "“follow us” at the end": _behind("follow"),
    "a signature at the end": _behind("signature"),
    "thousands: 1,200": _grouped(",", "en", "ar"),
    "thousands: 1 200": _grouped(" "),
    "thousands: 1.200": _grouped(".", "fr"),
    "thousands: 1200": _grouped(""),
    "first line in capitals": _first(str.upper),
    "first line in title case": _first(lambda p: re.sub(r"(?<=\s)\w", lambda m: m.group().upper(), p)),
    "French without accents": _unaccented,
    "Arabic without hamza": _letters({"أ": "ا", "إ": "ا", "آ": "ا"}, "ar"),
    "Arabic with ه for ة and ي for ى": _swap(r"[ةى]\b", lambda m: "ه" if m.group() == "ة" else "ي", "ar"),
    "Arabic stretched": _swap(_STRETCH, "ـ", "ar"),
    "Arabic vowelled": _swap(_VOWELLED, "\\1\u064e", "ar"),
    "Arabic with the letters of a Persian keyboard": _letters({"ي": "ی", "ك": "ک"}, "ar"),
    "Arabic in Eastern digits": _letters({str(n): chr(0x660 + n) for n in range(10)}, "ar"),
    "Arabic with Latin commas": _letters({"،": ",", "؛": ";", "؟": "?"}, "ar"),
}
