"""Hand-made readings for the tests of views and codec, written as a person would: quotes of the text, not offsets."""

from dataclasses import dataclass, field
from datetime import date

from ondit.model import (
    Actor,
    ActorKind,
    AnchorBasis,
    Claim,
    Count,
    EquipmentMention,
    EquipmentUse,
    EventMention,
    Evidence,
    Interval,
    Place,
    PlaceCandidate,
    PlacePrecision,
    Problem,
    Published,
    PublishedBasis,
    Reading,
    Report,
    Role,
    Severity,
    SourceKind,
    SourceMention,
    Span,
    Stance,
    TimeExpression,
    TimexType,
    claim_id,
    event_mention_id,
)


@dataclass
class Builder:
    """Collects the claims and happenings of one text."""

    text: str
    language: str = "fr"
    claims: list[Claim] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def span(self, quote: str, start: int = 0) -> Span:
        """Where a quote stands."""
        at = self.text.index(quote, start)
        return Span(at, at + len(quote))

    def voice(self, quote: str, kind: SourceKind = SourceKind.OTHER, refers_to: str = "") -> SourceMention:
        """A voice."""
        earlier = self.span(refers_to) if refers_to else None
        return SourceMention(
            self.span(quote), quote, kind, refers_to=earlier, rule=f"{self.language}/sources:noun_phrase"
        )

    def place(self, quote: str, name: str, lat: float, lon: float, radius: float, precision: PlacePrecision) -> Place:
        """A resolved place with a runner-up."""
        candidates = (
            PlaceCandidate("1", name, lat, lon, "IQ", "PPL", 0.9),
            PlaceCandidate("2", f"{name} (elsewhere)", 53.2, 50.1, "RU", "PPL", 0.1),
        )
        return Place(
            self.span(quote), quote, "1", name, lat, lon, radius, "IQ", ("Iraq",), "PPL", precision, candidates,
            rule="places:context", reason="the only one in Iraq",
        )  # fmt: skip

    def nowhere(self, quote: str) -> Place:
        """A place that stays unresolved."""
        return Place(self.span(quote), quote, rule="places:unknown", reason="not in the gazetteer")

    def time(self, quote: str, day: date) -> TimeExpression:
        """A resolved day."""
        interval = Interval(day, day, day.isoformat(), anchor=date(2022, 1, 30), anchor_basis=AnchorBasis.PUBLISHED)
        return TimeExpression(
            self.span(quote),
            quote,
            TimexType.DATE,
            day.isoformat(),
            interval=interval,
            rule="fr/time:weekday",
            reason="counted back",
        )

    def event(self, type_: str, trigger: str, **fields: object) -> EventMention:
        """A happening."""
        span = self.span(trigger)
        id_ = event_mention_id("r1", type_, span, len(self.events))
        event = EventMention(id_, type_, span, rule=f"{self.language}/events:{type_}", reason="trigger", **fields)  # type: ignore[arg-type]
        self.events.append(event)
        return event

    def claim(self, content: str, *, cue: str = "", chain: tuple[SourceMention, ...] = (), stance: Stance = Stance.ASSERTS,
              event: EventMention | None = None, counts: tuple[Count, ...] = ()) -> Claim:  # fmt: skip
        """A claim."""
        span = self.span(content)
        cue_span = self.span(cue) if cue else None
        evidence = (
            Evidence("content", f"{self.language}/attribution:verb", (span,), "the clause behind the reporting verb"),
            *(
                (Evidence("cue", f"{self.language}/attribution:verb", (cue_span,), "a reporting verb"),)
                if cue_span
                else ()
            ),
            Evidence("stance", f"{self.language}/stance:{stance}", (cue_span or span,), "as the verb says"),
        )
        id_ = claim_id("r1", span, [v.span for v in chain], len(self.claims))
        claim = Claim(id_, "r1", span, cue_span, chain, stance, event.id if event else None, counts, evidence)
        self.claims.append(claim)
        return claim

    def reading(self, **report: object) -> Reading:
        """All of it, claims in text order."""
        head = Report("r1", self.text, language=self.language, **report)  # type: ignore[arg-type]
        claims = tuple(sorted(self.claims, key=lambda c: (c.content.start, c.content.stop)))
        return Reading(head, claims, tuple(self.events), tuple(self.problems))


SAMARRA = """Samedi soir, le bruit des explosions a été entendu dans la ville irakienne de Samara, selon la chaîne Telegram Saberin News.
La chaîne Telegram du mouvement al-Nujaba a également indiqué que des sources de sécurité irakiennes avaient déclaré avoir pris pour cible un drone-espion américain survolant la province de Salaheddine.
Bien que les États-Unis aient prétendu avoir retiré toutes les troupes de combat d'Irak, la résistance irakienne a annoncé que 2 500 soldats américains se trouvaient toujours en Irak.
Les groupes de résistance ont souligné que toutes les troupes doivent quitter al-Azim. Lors des frappes, 9 éléments ont péri, plus que n'en aurait tué un Patriot. L'armée nie toute perte."""


def samarra() -> Reading:
    """A short reading with all stances, a nested chain, nested contents, resolved and unresolved places."""
    b = Builder(SAMARRA)
    fire = b.event(
        "air_defence_fire", "explosions",
        times=(b.time("Samedi soir", date(2022, 1, 29)),),
        places=(
            b.place("Samara", "Samarra", 34.2, 43.87, 5, PlacePrecision.EXACT),
            b.place("Salaheddine", "Salah ad-Din", 34.5, 43.6, 90, PlacePrecision.DIVISION),
        ),
        actors=(Actor(b.span("américain"), "américain", Role.TARGET, ActorKind.EXTERNAL_FORCES, rule="fr/actors:object"),),
        equipment=(
            EquipmentMention(b.span("drone-espion"), "drone-espion", "uav", "drone", EquipmentUse.TARGET, "equipment:alias", "class"),
            EquipmentMention(b.span("Patriot"), "Patriot", "mim_104", "MIM-104 Patriot", EquipmentUse.COMPARISON, "equipment:alias"),
        ),
    )  # fmt: skip
    leave = b.event("withdrawal", "retiré", places=(b.nowhere("al-Azim"),))
    strike = b.event("air_strike", "frappes")
    nujaba = b.voice("La chaîne Telegram du mouvement al-Nujaba", SourceKind.SOCIAL_CHANNEL)
    security = b.voice("des sources de sécurité irakiennes", SourceKind.ANONYMOUS)
    b.claim("le bruit des explosions a été entendu dans la ville irakienne de Samara", cue="selon",
            chain=(b.voice("la chaîne Telegram Saberin News", SourceKind.SOCIAL_CHANNEL),), event=fire)  # fmt: skip
    b.claim("avoir pris pour cible un drone-espion américain survolant la province de Salaheddine", cue="avaient déclaré",
            chain=(nujaba, security), event=fire)  # fmt: skip
    b.claim("un drone-espion américain survolant", chain=(nujaba,), event=fire)
    b.claim("avoir retiré toutes les troupes de combat d'Irak", cue="aient prétendu", chain=(b.voice("les États-Unis", SourceKind.GOVERNMENT),),
            stance=Stance.DISTANCES, event=leave)  # fmt: skip
    troops = Count(
        "troops", 2500, 2500, b.span("2 500 soldats"), "2 500 soldats", 2500, "soldats américains", "fr/counts:number"
    )
    b.claim("2 500 soldats américains se trouvaient toujours en Irak", cue="a annoncé", chain=(b.voice("la résistance irakienne", SourceKind.ARMED_GROUP),),
            counts=(troops,))  # fmt: skip
    b.claim("toutes les troupes doivent quitter al-Azim", cue="ont souligné", chain=(b.voice("Les groupes de résistance", SourceKind.ARMED_GROUP),),
            stance=Stance.DEMANDS, event=leave)  # fmt: skip
    killed = Count("killed", 9, None, b.span("9 éléments"), "9 éléments", who="éléments", rule="fr/counts:number")
    b.claim("9 éléments ont péri", event=strike, counts=(killed,))
    b.claim("plus que n'en aurait tué un Patriot", stance=Stance.POSSIBLE, event=strike)
    b.claim(
        "toute perte",
        cue="nie",
        chain=(b.voice("L'armée", SourceKind.ARMED_FORCES),),
        stance=Stance.DENIES,
        event=strike,
    )
    b.problems.append(
        Problem(
            "unresolved-place",
            "'al-Azim' is not in the gazetteer",
            "import a GeoNames dump",
            "samarra.txt",
            b.span("al-Azim"),
            Severity.WARNING,
        )
    )
    return b.reading(
        title="La pire découverte", publisher="Exemple", published=Published(date(2022, 1, 30), PublishedBasis.GIVEN)
    )
