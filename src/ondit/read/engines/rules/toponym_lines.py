"""Place names at the head of a line: where a report was written ("BEIRUT (AP) —"), and where what a point of a list tells was ("▪️ Gao: …")."""

import re

from ondit.read.engines.rules.line_heads import LINE, heads_line

_LABEL = re.compile(r"(?: [-–—] \w[\w ]{2,24})?[ \u00a0\u202f]?:[ \u00a0]+(?![«“\"‘'])")
_DATELINE = re.compile(
    r"(?:/\w[\w' -]{2,25})?(?:(?:, | (?=\d))[^\n—–(-]{2,30})? ?(?:\([^)\n]{2,25}\)|[—–]|- |--)|\. (?=\w)|[ \u00a0\u202f]?: (?=\w)"
)
_WRITTEN_THERE = re.compile(
    r"[^\n.]{0,45}?(?:[—–]|- |--)|(?:\.|[ \u00a0\u202f]?:) (?=\w)"
)  # a bracket alone may say anything
_NO_WORD = re.compile(r"[^\w\n]*(?:\d{1,2}[.)] )?")  # what stands before a point of a list
_MARKS = 8  # characters of it


def is_dateline(text: str, start: int, stop: int) -> bool:
    """Does a name stand first in its line, with a dash or a bracket after it: "BEIRUT (AP) —", "Kabul, Afghanistan -"?"""
    begin = text.rfind("\n", max(0, start - _MARKS), start) + 1
    if start > begin and (begin == 0 < start - _MARKS or not _NO_WORD.fullmatch(text, begin, start)):
        return False
    return _DATELINE.match(text, stop) is not None


def written_there(text: str, stop: int) -> bool:
    """Does what follows a dateline say that the report was written there? A bracket alone may say anything."""
    return _WRITTEN_THERE.match(text, stop) is not None


def heads_a_line(text: str, start: int, stop: int) -> bool:
    """Does a name stand first in its line, with a colon after it and no quotation: "▪️ Gao: …"?"""
    return _LABEL.match(text, stop) is not None and heads_line(text[max(0, start - LINE) : start])
