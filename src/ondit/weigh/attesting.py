"""From a statement to what an account keeps of it."""

from collections.abc import Mapping

from ondit.model import Attestation, Interest
from ondit.weigh.voices import Statement


def attest(statement: Statement, origins: Mapping[str, str], *, relay: bool = False) -> Attestation:
    """Who stands behind a value; with `relay` the one who passes it on with a mark of doubt."""
    voice = statement.outlet if relay and not statement.relays else statement.relays[-1] if relay else statement.voice
    claim = statement.claim
    return Attestation(
        claim.id,
        statement.report.id,
        voice.name,
        claim.stance,
        Interest.OUTSIDE if relay else statement.interest,
        origins.get(voice.key, ""),
        statement.report.publisher and statement.outlet.name,
        statement.day,
    )
