"""A sentence as the rules see it."""

from ondit.languages import load_pack
from ondit.model import Report
from ondit.normalise.documents import normalise
from ondit.read.engines.rules.parse import parse
from ondit.read.engines.rules.times import find_times
from ondit.read.engines.rules.units import Parse


def parsed(text: str, language: str) -> Parse:
    pack = load_pack(language)
    document = normalise(Report(id="r", text=text, language=language), pack)
    return parse(document, pack, find_times(text, document.tokens, pack))
