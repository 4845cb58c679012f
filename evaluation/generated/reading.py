"""Generated reports as a reader without a fault would read them: what gathering and weighing alone make of them is measured on these."""

from evaluation.generated.happenings import sentences, towns
from evaluation.generated.newsroom import Written
from evaluation.generated.writing import Sentence, town_name
from ondit.gazetteer.entry import Entry
from ondit.model import (
    Claim,
    Count,
    EventMention,
    Interval,
    Place,
    PlacePrecision,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Source,
    SourceKind,
    SourceMention,
    Span,
    Stance,
    TimeExpression,
    TimexType,
    claim_id,
    event_mention_id,
    report_id,
)


def registry() -> dict[str, Source]:
    """The entries of all officials that reports rest on, by id."""
    found = {}
    for town in towns():
        for name, voice in sentences()["voice"].items():
            id_ = _voice_id(name, town)
            words = voice["en"]["name"].format(town=town_name(town, "en"))
            found[id_] = Source(id_, words, SourceKind(voice["kind"]))
    return found


def _voice_id(name: str, town: Entry) -> str:
    return f"generated:{name}:{town.id}"


def as_read(written: Written) -> Reading:
    """The reading that the text deserves: a claim for each sentence, and a happening for each telling."""
    report = Report(
        report_id(sha256=written.id, publisher=written.outlet, native_id=written.id),
        written.text,
        language=written.language,
        published=Published(written.day, PublishedBasis.GIVEN),
        publisher=written.outlet,
        sha256=written.id,
        native_id=written.id,
    )
    mentions = [_mention(report.id, written, number) for number in range(len(written.told))]
    claims = tuple(_claim(report.id, written, sentence, mentions) for sentence in written.sentences)
    return Reading(report, claims, tuple(mentions))


def _claim(report: str, written: Written, sentence: Sentence, mentions: list[EventMention]) -> Claim:
    span = Span(sentence.start, sentence.stop)
    if sentence.telling < 0:
        return Claim(claim_id(report, span, ()), report, span, None, (), Stance.ASSERTS, None)
    told = written.told[sentence.telling]
    chain: tuple[SourceMention, ...] = ()
    if sentence.voice:
        kind = SourceKind(sentences()["voice"][sentence.voice]["kind"])
        chain = (SourceMention(span, sentence.voice, kind, source_id=_voice_id(sentence.voice, told.happening.town)),)
    counts = () if sentence.denies else tuple(Count(what, n, n, span, str(n), best=n) for what, n in sentence.counts)
    stance = Stance.DENIES if sentence.denies else Stance.ASSERTS
    id_ = claim_id(report, span, [v.span for v in chain])
    return Claim(id_, report, span, None, chain, stance, mentions[sentence.telling].id, counts)


def _mention(report: str, written: Written, number: int) -> EventMention:
    told = written.told[number]
    happening, town = told.happening, told.happening.town
    first = next(s for s in written.sentences if s.telling == number)
    span = Span(first.start, first.stop)
    day = happening.day.isoformat()
    return EventMention(
        event_mention_id(report, happening.type, span),
        happening.type,
        span,
        places=(
            Place(
                span, town_name(town, written.language), town.id, town.name, town.lat, town.lon, town.radius_km,
                town.country, town.chain, town.kind.value, PlacePrecision.EXACT,
            ),
        ),
        times=(TimeExpression(span, day, TimexType.DATE, day, interval=Interval(happening.day, happening.day, day)),),
    )  # fmt: skip
