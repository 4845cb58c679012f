"""Weighing: who agrees, who contradicts, how many independent origins stand behind a happening, and a grade with its reasons.

`weigh` looks at one happening; `track_records` and `second_opinions` look at all of a ledger and change no grade.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ondit.model import Copy, Event, Source, Telling
from ondit.weigh.figures import figure_accounts
from ondit.weigh.findings import Evidence
from ondit.weigh.grades import grade
from ondit.weigh.origins import find_origins
from ondit.weigh.track_records import track_records
from ondit.weigh.truth import Ballot, ballot_of, opinions_on, second_opinions
from ondit.weigh.values import contradicting, value_accounts
from ondit.weigh.voices import Known, names_of, statements

__all__ = ["Ballot", "Known", "ballot_of", "names_of", "opinions_on", "second_opinions", "track_records", "weigh"]


def weigh(
    event: Event, tellings: Sequence[Telling], sources: Mapping[str, Source] | Known, copies: Sequence[Copy] = ()
) -> Event:
    """The happening with its fields, its independence and its grade filled.

    `tellings` are those of the happening, in any order; `sources` the registry by id (prepare it once with `Known.of` for many happenings);
    `copies` are known repetitions among reports (those of the event when not given). Nothing else of the event is looked at.
    """
    known = sources if isinstance(sources, Known) else Known.of(sources)
    told = statements(tellings, known)
    against = {id(s) for s in contradicting(told)}
    said = [replace(s, contradicts=True) if id(s) in against else s for s in told]
    origins = find_origins(said, copies or event.copies, known)
    accounts = [*value_accounts(said, origins.of_voice, known), *figure_accounts(said, origins.of_voice, known)]
    evidence = Evidence(tellings, said, {a.field: a for a in accounts}, origins.independence)
    return replace(event, fields=tuple(accounts), independence=origins.independence, grade=grade(evidence))
