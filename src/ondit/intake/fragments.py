"""A piece of HTML (an entry of a feed, the body of an e-mail) → its visible text, with the breaks that a browser shows."""

import re

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul".split()
)
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_BREAKS = re.compile(r" *\n[ \n]*")


def text_of(markup: str) -> str:
    """The text; markup without any is given back as it is."""
    if "<" not in markup and "&" not in markup:
        return markup
    from lxml import etree, html

    try:
        tree = html.document_fromstring(f"<div>{markup.replace(chr(0), '')}</div>")
    except (etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _UNSEEN
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append("" if hidden else _SPACES.sub(" ", element.text or ""))
            continue
        hidden -= name in _UNSEEN
        pieces.append("\n" if name in _BLOCKS and name != "br" else "")
        pieces.append("" if hidden else _SPACES.sub(" ", element.tail or ""))
    return _BREAKS.sub("\n", "".join(pieces)).strip()
