"""How often a source's claims were later confirmed or contradicted by independent origins: numbers and intervals, a suggestion, never a letter."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ondit.model import Event, FieldAccount, FieldStatus, Reliability, Source, TrackRecord
from ondit.weigh.findings import weights
from ondit.weigh.voices import Known

_Z95 = 1.959964  # standard normal quantile of a two-sided 95 % interval


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The Wilson score interval at 95 % (Wilson 1927); (0, 1) for no trial.

    >>> [round(x, 3) for x in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, _Z95**2
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    spread = _Z95 * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return max(0.0, centre - spread), min(1.0, centre + spread)


@dataclass(slots=True)
class _Tally:
    claims: int = 0
    confirmed: int = 0
    contradicted: int = 0


def track_records(events: Iterable[Event], sources: Mapping[str, Source] | Known) -> list[TrackRecord]:
    """The record of every source that speaks in weighed happenings: registered ones by their id, outlets without an entry by their name.

    A claim is a source's value of one field of one happening. It is confirmed when another origin holds the same value, contradicted when other
    origins hold only other values or deny it; claims that nobody else speaks of count in neither.
    """
    known = sources if isinstance(sources, Known) else Known.of(sources)
    tallies: dict[str, _Tally] = {}
    for event in events:
        for account in event.fields:
            for value in account.values:
                for outlet in {a.outlet for a in value.supporters if a.outlet}:
                    tallies.setdefault(_id(outlet, known), _Tally())
            for name, verdict in _verdicts(account):
                tally = tallies.get(_id(name, known))
                if tally is None and known.named(name):
                    tally = tallies.setdefault(_id(name, known), _Tally())
                if tally:
                    tally.claims += 1
                    tally.confirmed += verdict > 0
                    tally.contradicted += verdict < 0
    return [_record(known.sources.get(id_, Source(id_, id_)), tally) for id_, tally in sorted(tallies.items())]


def _id(name: str, known: Known) -> str:
    source = known.named(name)
    return source.id if source else name


def _verdicts(account: FieldAccount) -> Iterable[tuple[str, int]]:
    """Each voice that holds a value of the field, with +1 confirmed, -1 contradicted, 0 neither."""
    contested = account.status is FieldStatus.CONTESTED
    holders = [{a.origin or a.voice for a in value.supporters} for value in account.values]
    held = Counter(origin for origins in holders for origin in origins)
    for value, backing in zip(account.values, holders, strict=True):
        denied = {a.origin or a.voice for a in value.dissenters if a.stance == "denies"}
        for name, origin in dict.fromkeys((a.voice, a.origin or a.voice) for a in value.supporters):
            elsewhere = held.total() - len(backing) - (held[origin] - 1)  # other values held by other origins
            if len(backing) > 1:
                yield name, 1
            else:
                yield name, -1 if contested and (elsewhere > 0 or denied - {origin}) else 0


def _record(source: Source, tally: _Tally) -> TrackRecord:
    judged = tally.confirmed + tally.contradicted
    low, high = wilson(tally.confirmed, judged)
    share = tally.confirmed / judged if judged else None
    suggestion = _suggest(low, judged)
    sentence = f"{source.name}: {tally.claims} claim{'' if tally.claims == 1 else 's'}, {tally.confirmed} confirmed and {tally.contradicted} contradicted by independent origins"
    if share is not None:
        sentence += f" ({share:.0%} confirmed, 95 % interval {low:.0%} to {high:.0%})"
    sentence += f"; suggests {suggestion}, which nobody has set" if suggestion else "; too few to suggest a letter"
    return TrackRecord(
        source.id, tally.claims, tally.confirmed, tally.contradicted,
        share, low if judged else None, high if judged else None, suggestion, sentence,
    )  # fmt: skip


def _suggest(low: float, judged: int) -> Reliability | None:
    table = weights()["track_record"]
    if judged < table["fewest"]:
        return None
    return next(Reliability(letter) for letter, least in table["least"].items() if low >= least)
