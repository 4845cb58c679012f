"""Writes `words/NAME.forms.tsv` beside `words/NAME.tsv`: every form of the words listed there.

    python tools/lexicon/forms.py [--language=ar] [NAME …]        (reporting when nothing is named)

Forms come from three places: the language's regular paradigm (`grammar/paradigm.toml`), simplemma's dictionary (MIT), and the forms
given in the list's fourth column. Only the first word of an entry of several words is inflected.
"""

import sys
import tomllib
from pathlib import Path

LANGUAGES = Path(__file__).parents[2] / "src" / "ondit" / "languages"


def by_lemma(language: str) -> dict[str, set[str]]:
    """Lemma → forms in simplemma's dictionary."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms: dict[str, set[str]] = {}
    for pair in DefaultDictionaryFactory().get_dictionary(language).items():
        form, lemma = (x.decode() if isinstance(x, bytes) else x for x in pair)
        forms.setdefault(lemma, set()).add(form)
    return forms


def regular(lemma: str, paradigm: dict) -> set[str]:
    """Forms by the first rule of the paradigm whose beginning and ending the lemma has."""
    for rule in paradigm.get("rule", []):
        begins = lemma.startswith(rule.get("beginning", "")) and not lemma.startswith(
            tuple(rule.get("not_beginning", "\0"))
        )
        if begins and lemma.endswith(rule["ending"]) and not lemma.endswith(tuple(rule.get("not", ["\0"]))):
            stem = lemma[: len(lemma) - len(rule["ending"])]
            forms = set()
            if "beginnings" in rule:
                bare = stem.removeprefix(rule["beginning"])
                return {begin + bare + suffix for begin in rule["beginnings"] for suffix in rule["forms"]}
            for suffix in rule["forms"]:
                body = stem
                for last, starts, instead in rule.get("spelling", []):
                    if body.endswith(last) and suffix[:1] in starts:
                        body = body[: -len(last)] + instead
                forms.add(body + suffix)
            return forms
    return set()


def head(lemma: str, reflexive: tuple[str, ...]) -> tuple[str, str]:
    """The word of an entry that is inflected, without a reflexive pronoun, and the words after it."""
    for prefix in reflexive:
        lemma = lemma.removeprefix(prefix)
    first, _, rest = lemma.partition(" ")
    return first, rest


def main() -> None:
    """Rewrites the form lists of all languages."""
    chosen = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    only = [arg.removeprefix("--language=") for arg in sys.argv[1:] if arg.startswith("--language=")]
    for folder in sorted(p.parent for p in LANGUAGES.glob("*/pack.toml")):
        if only and folder.name not in only:
            continue
        paradigm_file = folder / "grammar" / "paradigm.toml"
        paradigm = tomllib.loads(paradigm_file.read_text(encoding="utf-8")) if paradigm_file.exists() else {}
        dictionary: dict[str, set[str]] = {}
        for name in chosen or ["reporting"]:
            source = folder / "words" / f"{name}.tsv"
            if not source.exists():
                continue
            if paradigm.get("dictionary", True):
                dictionary = dictionary or by_lemma(folder.name)
            rows = set()
            for line in source.read_text(encoding="utf-8").splitlines():
                if not line.strip() or line.startswith("#"):
                    continue
                columns = [*line.split("\t"), "", "", ""]
                lemma, _ = head(columns[0], tuple(paradigm.get("reflexive", ())))
                parts = set(columns[3].split())
                if paradigm.get("parts", False):
                    parts |= {form for part in parts for form in regular(part, paradigm)}
                forms = {lemma} | regular(lemma, paradigm) | dictionary.get(lemma, set()) | parts
                drop = set(paradigm.get("never", ()))
                rows |= {f"{form}\t{lemma}" for form in forms - drop if form.replace("-", "").isalpha()}
            target = source.with_suffix("").with_suffix(".forms.tsv")
            header = f"# Made by tools/lexicon/forms.py from {source.name}: form, lemma. Do not edit.\n"
            target.write_text(header + "\n".join(sorted(rows)) + "\n", encoding="utf-8")
            print(f"{target.relative_to(LANGUAGES)}: {len(rows)} forms")


if __name__ == "__main__":
    main()
