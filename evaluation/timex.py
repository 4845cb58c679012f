"""Time expressions: from a row {lang, dct, text} to the scorer's {start, end, type, value, mod, begin, end_time}.

Two kinds of text are in the sets. An article is read as ondit reads reports: dates lean to the past, spans follow TIMEX3. One short
line is a command to an assistant ("tomorrow at 5"): dates lean to the future, "in two weeks" is a day, ranges are one expression.
What a row is, its text alone decides.
"""

from datetime import date, datetime

from evaluation.bench import Row
from ondit.languages.packs import PackError, available_languages, load_pack
from ondit.model import Published, TimeExpression
from ondit.model.reports import PublishedBasis
from ondit.read.engines.rules.times import Form, find_times
from ondit.resolve.dates import DateSettings, Lean, bounds, resolve_times
from ondit.text.tokens import tokenise

# A line of at most so many characters is taken for a command.
_COMMAND_LENGTH = 240

_COMMAND = DateSettings(lean=Lean.FUTURE, exact=True, history=False)
_ARTICLE = DateSettings()


def predict(row: Row) -> Row:
    """The time expressions of one row; a language without a time grammar has none."""
    language = row.get("lang") or "en"
    if language not in available_languages():
        return {"timex": []}
    pack = load_pack(language)
    if not pack.has("grammar/time.toml"):
        return {"timex": []}
    text: str = row["text"]
    command = len(text) <= _COMMAND_LENGTH and "\n" not in text.strip()
    try:
        found = find_times(
            text,
            tokenise(text, pack.token_rules),
            pack,
            form=Form.COMMAND if command else Form.TIMEX3,
        )
    except PackError:
        return {"timex": []}
    settings = _COMMAND if command else _ARTICLE
    anchored = resolve_times(found, text, published=_published(row.get("dct")), pack=pack, settings=settings)
    return {"timex": [_timex(expression) for expression in anchored]}


def _published(dct: str | None) -> Published:
    if not dct:
        return Published()
    return Published(date.fromisoformat(dct[:10]), PublishedBasis.METADATA)


def _timex(expression: TimeExpression) -> Row:
    begin, end = bounds(expression)
    row: Row = {
        "start": expression.span.start,
        "end": expression.span.stop,
        "type": expression.type.value,
        "value": expression.value,
        "begin": _iso(begin),
        "end_time": _iso(end),
    }
    return {**row, "mod": expression.mod} if expression.mod else row


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
