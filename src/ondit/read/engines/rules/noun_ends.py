"""Where one noun phrase ends and the next begins that nothing parts: subject and object behind a verb, a name behind an outlet."""

from ondit.read.engines.rules.actor_words import load_actor_words
from ondit.read.engines.rules.numerals import number_words, phrase_end
from ondit.read.engines.rules.phrases import Phrases
from ondit.read.engines.rules.units import Parse
from ondit.read.engines.rules.voices import is_outlet

_GROUP = "rebel_group"  # whose names are no heads of longer ones
_TWO = 2  # words, at least, of a subject and its object
_SHORT_PLURAL = 4  # letters: "طاعون" is none, but few shorter words are


class NounEnds:
    """The ends inside runs of nouns of one text."""

    def __init__(self, parse: Parse, grammar: Phrases) -> None:
        self.parse, self.grammar = parse, grammar

    def outlet(self, first: int, last: int) -> int:
        """Where the name of an outlet that was told something ends and that of who told it begins."""
        tags = self.parse.tags
        for at in range(first + 1, last):
            named = tags[at] in "PD" and tags[at - 1] == "P"
            if named and is_outlet(self.parse, self.parse.span(first, at)):
                longer = any(is_outlet(self.parse, self.parse.span(first, end)) for end in range(at + 1, last + 1))
                return last if longer else at
        return last

    def construct(self, first: int, last: int) -> int:
        """Where a second noun phrase begins behind a plural that nothing can be of: "| settlers | dozens of trees"."""
        keys, tags, endings = self.parse.tokens.keys, self.parse.tags, self.grammar.never_construct
        for at in range(first, last - 1):
            if tags[at] == "N" and keys[at].endswith(endings) and len(keys[at]) > _SHORT_PLURAL:
                article = tags[at + 1] == "D"
                definite = at > first and tags[at - 1] == "D"
                next_noun = at + 1 + article
                agrees = keys[next_noun : next_noun + 1] and keys[next_noun].endswith(endings)
                if tags[next_noun : next_noun + 1] == "N" and not agrees and not (article and definite):
                    return at + 1
            if at > first and self._is_object(first, at):
                return at
            if (end := self._name_ends(at)) < last and end > at:
                return end
        return last if last - first < _TWO or not self._is_object(first, last - 1) else last - 1

    def _name_ends(self, at: int) -> int:
        """Where the listed name of a group of several words ends that begins at a token, with another noun behind it; else the token itself."""
        keys, tags, words = self.parse.tokens.keys, self.parse.tags, load_actor_words(self.parse.pack)
        ends = [
            phrase_end(keys, at + 1, rest, words.articles)
            for rest, kind in words.kinds.get(keys[at], ())
            if rest and kind == _GROUP
        ]
        end = max(ends, default=0)
        behind = end + (tags[end : end + 1] == "D")
        relation = behind < len(keys) and self._is_relation(keys[behind], definite=behind > end)
        return end if end > at and tags[behind : behind + 1] == "N" and not relation else at

    def _is_relation(self, key: str, *, definite: bool) -> bool:
        """Is it an adjective of belonging ("Somali"), whatever the tagger took it for? With the article it may also be known as a noun."""
        ends_so = key.endswith(self.grammar.relational_endings) and key not in self.grammar.told_nouns
        ends_so = ends_so and (definite or key not in self.parse.lexicon.known_nouns)
        return ends_so or key in self.grammar.relational

    def _is_object(self, first: int, at: int) -> bool:
        """Is a noun in the accusative the object behind its subject ("struck | a plane | a market"), nothing that is of it or counted?"""
        keys, tags, accusative = self.parse.tokens.keys, self.parse.tags, self.grammar.accusative
        own = tags[at] == "N" and keys[at].endswith(accusative) and keys[at][:-1] in self.parse.lexicon.known_nouns
        before = tags[at - 1] in "NAP" and not keys[at - 1].endswith(accusative) and "#" not in tags[first:at]
        return own and before and number_words(self.parse.pack).values.keys().isdisjoint(keys[first:at])
