"""Make the word lists that keep place names apart from words and persons: `languages/*/words/places.*.txt`.

    python tools/gazetteer/word_lists.py --faker DIR --words-en /usr/share/dict/american-english-small

* given names and surnames: the `faker` package (MIT), locales written in Latin letters;
* English words: the Debian package `wamerican-small` (SCOWL, free to use with its notice);
* French words: `simplemma` (MIT).

Only words that also are names of the gazetteer are kept as *common*; the curated lines above the marker of each file stay.
"""

import argparse
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import combining, normalize

from ondit.gazetteer import Gazetteer

PACKS = Path(__file__).parents[2] / "src" / "ondit" / "languages"
MARKER = "# --- generated below this line by tools/gazetteer/word_lists.py ---"
GIVEN = ("first_name", "middle_name")
LOCALES = re.compile(
    r"^(en|en_..|fr_..|de_DE|es_..|es|it_IT|tr_TR|pl_PL|nl_NL|pt_..|id_ID|ha_NG|yo_NG|ig_NG|sw|tw_GH|cs_CZ|hu_HU|ro_RO|sv_SE)$"
)
LATIN = re.compile(r"[a-z]{3,}")


def fold(name: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in normalize("NFKD", name.casefold()) if not combining(c))


def names(prefixes: tuple[str, ...]) -> Iterator[str]:
    """Folded single-word names of the person providers whose attribute begins with one of the prefixes."""
    package = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(package.__path__):
        if not LOCALES.match(module.name):
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if attribute.startswith(prefixes) and isinstance(value, Iterable) and not isinstance(value, str):
                yield from (fold(name) for name in value if isinstance(name, str))


def write(path: Path, words: Iterable[str]) -> None:
    """Replace what stands below the marker."""
    kept = path.read_text("utf-8").split(MARKER)[0] if path.exists() else ""
    by_hand = {line for line in kept.splitlines() if line and not line.startswith("#")}
    lines = sorted({word for word in words if LATIN.fullmatch(word)} - by_hand)
    path.write_text(kept + MARKER + "\n" + "\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{path.relative_to(PACKS)}: {len(lines)}\n")


def main() -> None:
    """Write the lists of both packs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faker", type=Path, help="folder that holds the package, when it is not installed")
    parser.add_argument("--words-en", type=Path, required=True)
    options = parser.parse_args()
    if options.faker:
        sys.path.insert(0, str(options.faker))
    import simplemma

    gazetteer = Gazetteer.open()
    english = [w for w in options.words_en.read_text("utf-8").splitlines() if w.islower() and gazetteer.hits(fold(w))]
    french_words = {w for layer in gazetteer.layers for w in layer.single_words() if simplemma.is_known(w, lang="fr")}
    write(PACKS / "en" / "words" / "places.common.txt", map(fold, english))
    write(PACKS / "fr" / "words" / "places.common.txt", french_words)
    given, surnames = set(names(GIVEN)), set(names(("last_name",)))
    for language in ("en", "fr"):
        write(PACKS / language / "words" / "places.given_names.txt", given)
        write(PACKS / language / "words" / "places.surnames.txt", surnames)


if __name__ == "__main__":
    main()
