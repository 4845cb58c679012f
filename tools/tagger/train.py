"""Trains the part-of-speech taggers of the language packs from Universal Dependencies treebanks.

    python tools/tagger/train.py --ud FOLDER [--language fr]

The words are cut by ondit's own tokeniser, so that the model meets at run time what it met in training; a token takes the tag of
the treebank words under it. Treebanks: English EWT and PUD (CC BY-SA), French GSD (CC BY-SA), Sequoia (LGPL-LR). The licence stands
beside each model in `models/LICENCE.txt`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from ondit.languages import load_pack
from ondit.read.engines.rules.tagging import Tagger, features
from ondit.read.engines.rules.word_tags import repair_of
from ondit.text.folding import fold_word
from ondit.text.tokens import tokenise

LANGUAGES = Path(__file__).parents[2] / "src" / "ondit" / "languages"
TREEBANKS = {
    "fr": (["fr_sequoia-train", "fr_gsd-dev"], "fr_sequoia-dev"),
    "en": (["en_ewt-train"], "en_ewt-dev"),
    "ar": (["ar_pud-test"], None),
}
SIMPLE = {
    "NOUN": "N", "PROPN": "P", "DET": "D", "ADJ": "A", "ADV": "R", "PRON": "I", "ADP": "E", "CCONJ": "C", "SCONJ": "S",
    "PART": "T", "NUM": "#", "PUNCT": ".", "SYM": "?", "INTJ": "?", "X": "?", "_": "?",
}  # fmt: skip


def tag_of(upos: str, feats: str) -> str:
    """Our one-character tag of a treebank word."""
    if upos not in ("VERB", "AUX"):
        return SIMPLE[upos]
    form = "Fin"
    for feat in feats.split("|"):
        if feat.startswith("VerbForm="):
            form = feat[9:]
    if form == "Part" and "Tense=Pres" in feats:
        form = "Ger"
    index = {"Fin": 0, "Part": 1, "Inf": 2, "Ger": 3}.get(form, 0)
    return ("Vvig" if upos == "VERB" else "Xyzw")[index]


def sentences(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Text and (start, stop, tag) of its words; words of one written token (French "au") share its span."""
    text, rows = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# text ="):
            text = line[8:].strip()
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield text, list(words_of(text, rows))
            rows = []


def words_of(text: str, rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """Spans and tags of a sentence's words, as far as they are found in its text."""
    at, until, span = 0, 0, (0, 0)
    for cols in rows:
        if "." in cols[0]:
            continue
        written = "-" in cols[0]
        if written or int(cols[0]) > until:
            start = text.find(cols[1], at)
            if start < 0:
                return
            span = (start, start + len(cols[1]))
            at = span[1]
        if written:
            until = int(cols[0].split("-")[1])
        else:
            yield (*span, tag_of(cols[3], cols[5]))


def examples(path: Path, language: str) -> Iterator[tuple[list[str], list[str]]]:
    """Words as ondit cuts them and their tags, sentence by sentence."""
    rules = load_pack(language).token_rules
    clitics = rules.clitics
    for text, words in sentences(path):
        tokens = tokenise(text, rules)
        forms, tags, index = [], [], 0
        for start, stop in zip(tokens.starts, tokens.stops, strict=True):
            while index < len(words) - 1 and words[index][1] <= start:
                index += 1
            if (
                clitics is not None
                and tokens.keys[len(forms)] == clitics.article
                and stop - start == len(clitics.article)
            ):
                forms.append(text[start:stop])
                tags.append("D")  # the treebank leaves the article in its word
                continue
            under = [w[2] for w in words[index : index + 6] if w[0] < stop and w[1] > start]
            # A compound ("rebel-held") counts as its last word; a contraction ("du") as its first, the preposition.
            hyphen = "-" in text[start:stop] and len(under) > 1
            forms.append(text[start:stop])
            tags.append((under[-1] if hyphen else under[0]) if under else "?")
        yield forms, tags


def variants(forms: list[str], at: int) -> Iterator[list[str]]:
    """The sentence as it is, and now and then as a headline or a dispatch writes it: all capitals, or none."""
    yield forms
    if "".join(forms).lower() == "".join(forms).upper():
        return  # a script without capitals
    if at % 5 == 0:
        yield [f.lower() for f in forms]
    if at % 23 == 0:
        yield [f.upper() for f in forms]


def cross_validate(language: str, ud: Path, folds: int = 5) -> None:
    """Prints the accuracy on sentences that the model has not seen, by itself and with the pack's own tags put over it."""
    data = [pair for name in TREEBANKS[language][0] for pair in examples(ud / f"{name}.conllu", language)]
    pack = load_pack(language)
    repair = repair_of(pack)
    right = repaired = total = 0
    for fold in range(folds):
        model = Path(tempfile.gettempdir()) / f"pos-{language}-{fold}.crfsuite"
        _fit([pair for at, pair in enumerate(data) if at % folds != fold], model)
        tagger = Tagger(model)
        for forms, tags in data[fold::folds]:
            found = tagger.tags(forms)
            total += len(tags)
            right += sum(a == b for a, b in zip(found, tags, strict=True))
            repair.put_right(forms, [fold_word(f) for f in forms], found)
            repaired += sum(a == b for a, b in zip(found, tags, strict=True))
        model.unlink()
    print(
        f"{language}: {100 * right / total:.2f} % of {total} tokens, {100 * repaired / total:.2f} % put right",
        file=sys.stderr,
    )


def _fit(data: list[tuple[list[str], list[str]]], target: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for at, (forms, tags) in enumerate(data):
        for version in variants(forms, at):
            trainer.append(features(version), tags)
    trainer.select("lbfgs")
    trainer.set_params({"c1": 0.6, "c2": 0.01, "max_iterations": 120, "feature.possible_transitions": False})
    trainer.train(str(target))


def train(language: str, ud: Path) -> None:
    """Trains the tagger of a language and prints its accuracy on the held-out treebank."""
    names, held_out = TREEBANKS[language]
    target = LANGUAGES / language / "models" / "pos.crfsuite"
    target.parent.mkdir(exist_ok=True)
    _fit([pair for name in names for pair in examples(ud / f"{name}.conllu", language)], target)
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB", file=sys.stderr)
    if held_out:
        tagger = Tagger(target)
        right = total = 0
        for forms, tags in examples(ud / f"{held_out}.conllu", language):
            total += len(tags)
            right += sum(a == b for a, b in zip(tagger.tag(forms), tags, strict=True))
        print(f"{language} {held_out}: {100 * right / total:.2f} % of {total} tokens", file=sys.stderr)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ud", type=Path, required=True, help="folder with the .conllu files")
    parser.add_argument("--language", choices=sorted(TREEBANKS), action="append", help="only this language")
    parser.add_argument(
        "--cross-validate", action="store_true", help="measure on unseen sentences instead of writing a model"
    )
    args = parser.parse_args()
    for language in args.language or [k for k in TREEBANKS if (LANGUAGES / k).is_dir()]:
        (cross_validate if args.cross_validate else train)(language, args.ud)


if __name__ == "__main__":
    main()
