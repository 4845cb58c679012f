"""Writes `words/stems.txt` of a language that writes small words together with the next one (Arabic "and", "in", "the"; "his" after).

    python tools/lexicon/stems.py ar FREQUENCIES TREEBANK.conllu

FREQUENCIES is the list `large_ar.msgpack.gz` of wordfreq (Robyn Speer; data CC BY-SA 4.0), TREEBANK gives words that no
frequency proves (PUD, CC BY-SA 3.0). A word is a stem when the article is written before it, or when what would be left without its
first letters is no word. The letters that can be fused, and words that only a person can decide, stand in `pack.toml`.
"""

import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgpack

from ondit.languages import Pack, load_pack
from ondit.text.folding import fold_word

_RARE = 2e-7  # of all words: below, a spelling is as often a slip
_NOUN = 0.03  # of the frequency that the rest has with the article: then the whole is a noun as well
_VERB = 0.02  # of the frequency of the whole: a rest rarer than this is no word


def frequencies(path: Path) -> Counter[str]:
    """Folded word → share of all words."""
    with gzip.open(path, "rb") as file:
        rows = msgpack.load(file, raw=False)[1:]
    found: Counter[str] = Counter()
    for centibel, words in enumerate(rows):
        for word in words:
            found[fold_word(word)] += 10 ** (-centibel / 100)
    return found


def stems(counts: Counter[str], pack: Pack, known: set[str]) -> Iterator[str]:
    """Words that nothing is fused to."""
    rules = pack.settings["tokens"]
    article, before = fold_word(rules["article"]), [fold_word(w) for w in rules["proclitics"]]
    after = [fold_word(w) for w in rules["suffixes"]]
    contracted = fold_word(rules["contracted"][0])
    nouns = Counter({w[len(article) :]: n for w, n in counts.items() if w.startswith(article) and w not in known})
    plain = {w for w, n in counts.items() if n + nouns[w] > _RARE and not w.startswith(article)}

    def evident(word: str, rest: str) -> bool:
        noun = nouns[word] > _RARE and nouns[word] >= _NOUN * nouns[rest]
        return noun or counts[rest] + nouns[rest] < _VERB * counts[word]

    def is_stem(word: str) -> bool:
        if word.startswith(contracted):
            return False
        for letters in before:
            rest = word.removeprefix(letters)
            if rest != word and (rest.startswith(article) or not evident(word, rest)):
                return False
        for letters in after:
            rest = word.removesuffix(letters)
            forms = (rest, rest.removesuffix("ت") + "ه") if rest.endswith("ت") else (rest,)
            if rest != word and len(rest) > 1 and any(f in plain for f in forms) and nouns[word] < _RARE:
                return False
        return True

    yield from (w for w in plain if len(w) > 1 and w.isalpha() and not w.isascii() and is_stem(w))


def treebank_words(path: Path) -> Iterator[str]:
    """Verbs and names of a treebank, which stand there by themselves."""
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) == 10 and columns[3] in ("VERB", "PROPN") and len(columns[1]) > 2:
            yield fold_word(columns[1])


def main() -> None:
    """The command line."""
    language, counts, treebank = sys.argv[1], frequencies(Path(sys.argv[2])), Path(sys.argv[3])
    pack = load_pack(language)
    known = {fold_word(w) for w in pack.settings["tokens"]["whole_words"]}
    article = fold_word(pack.settings["tokens"]["article"])
    for name in ("reporting", "happenings", "counts"):
        known |= {fold_word(line.split("\t")[0]) for line in pack.lines(f"{name}.forms.tsv")}
    known |= {w for w in treebank_words(treebank) if not w.startswith(article)}
    known |= {fold_word(w) for w in pack.table("grammar/phrases").get("tags", {})}
    fused = {fold_word(w) for w in pack.settings["tokens"]["never_whole"]}
    found = sorted((known | set(stems(counts, pack, known))) - fused)
    target = pack.folder / "words" / "stems.txt"
    header = (
        "# Made by tools/lexicon/stems.py: words that nothing is fused to, folded. From wordfreq (data CC BY-SA 4.0)\n"
        "# and Arabic PUD (CC BY-SA 3.0), so this list is under CC BY-SA 4.0.\n"
    )
    target.write_text(header + "\n".join(found) + "\n", encoding="utf-8")
    print(f"{target}: {len(found)} stems", file=sys.stderr)


if __name__ == "__main__":
    main()
