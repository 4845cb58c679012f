"""A list of addresses, one a line (# begins a comment) → what is there, fetched with consent."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ondit.intake.formats import HEAD, Format, Options, Source
from ondit.intake.items import Piece, Received, Skipped, placed
from ondit.intake.sniffing import format_of, pieces
from ondit.intake.utf8 import SoundUtf8, lines_of
from ondit.model import Problem

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LONGEST_LINE = 8_192


def likely(head: bytes, _name: str) -> float:
    """Sure when every line is an address."""
    lines = head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    if len(head) >= HEAD:
        lines = lines[:-1]
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return 0.95 if said and all(_ADDRESS.fullmatch(line) for line in said) else 0.0


def items(source: Source, options: Options) -> Iterator[Piece]:
    """The reports at the addresses, in the order of the list; one that is there twice is fetched once."""
    seen: set[str] = set()
    waiting = 0
    with SoundUtf8(source) as stream:
        for number, line in lines_of(stream, _LONGEST_LINE):
            address = (line or b"").decode("utf-8").strip()
            where = source.name if address == source.name else f"{source.name}:{number}"
            if address.startswith("#"):
                continue
            if not _ADDRESS.fullmatch(address):
                yield Problem("no-address", "this line is no address", "give one address a line", where)
            elif address in seen:
                yield Skipped("addresses named twice")
            elif options.fetch is None:
                waiting += 1
            else:
                yield from _fetched(address, where, options)
            seen.add(address)
    if waiting:
        message = f"{waiting} address{'es' if waiting > 1 else ''} not fetched: nothing is fetched without consent"
        yield Problem("fetch-needs-consent", message, "add --fetch, or save the pages and give the files", source.name)


def _fetched(address: str, where: str, options: Options) -> Iterator[Piece]:
    assert options.fetch is not None
    answer = options.fetch(address)
    if isinstance(answer, Problem):
        yield replace(answer, where=where)
        return
    source = Source.of_bytes(answer.address, answer.data)
    origin = options.origin
    if not format_of(source, options).many:  # a page is at the address; the entries of a feed are at theirs
        origin = replace(origin, url=origin.url or answer.address)
    # What is in a page is never fetched: the consent is for what the user named.
    for piece in pieces(source, replace(options, origin=origin, fetch=None)):
        if isinstance(piece, Received):
            yield placed(
                replace(piece, report=replace(piece.report, retrieved=answer.retrieved)), answer.address, where
            )
        else:
            yield placed(piece, answer.address, where)


FORMAT = Format("addresses", likely, items, suffixes=(".urls",), many=True)
