"""Who a pronoun, a short name or a description takes up: the table of habits, and what stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.languages import load_pack
from ondit.model import Claim, SourceKind, SourceMention, Span, Stance, claim_id
from ondit.resolve.voices import resolve_voices

KINDS = {
    "g": SourceKind.GOVERNMENT,
    "p": SourceKind.PERSON,
    "o": SourceKind.ORGANISATION,
    "m": SourceKind.MEDIA,
    "f": SourceKind.ARMED_FORCES,
    "r": SourceKind.ARMED_GROUP,
    "a": SourceKind.ANONYMOUS,
    "w": SourceKind.WITNESS,
    "?": SourceKind.OTHER,
}


def claims_of(text: str, chains: list[str]) -> list[Claim]:
    """One claim a chain; a chain is "kind:voice" joined by " < ", outermost first; voices are looked for from left to right."""
    claims = []
    at = 0
    for number, line in enumerate(chains):
        chain = []
        for piece in line.split(" < "):
            kind, _, quote = piece.partition(":")
            start = text.index(quote, at)
            chain.append(SourceMention(Span(start, start + len(quote)), quote, KINDS[kind]))
        at = max(v.span.stop for v in chain)
        content = Span(at, min(len(text), at + 10))
        claims.append(
            Claim(
                claim_id("r", content, [v.span for v in chain], number),
                "r",
                content,
                None,
                tuple(chain),
                Stance.ASSERTS,
                None,
            )
        )
    return claims


def taken_up(language: str, text: str, chains: list[str]) -> list[str]:
    """What the voices of the last chain take up, "" when it stays open."""
    resolved = resolve_voices(claims_of(text, chains), text, load_pack(language))
    return [v.refers_to.of(text) if v.refers_to else "" for v in resolved[-1].chain]


@pytest.mark.parametrize(
    ("language", "text", "chains", "expected"),
    [
        # pronouns
        ("en", "The mayor said it rained. He said more.", ["g:The mayor", "?:He"], "The mayor"),
        ("en", "The UN said it rained. It said more.", ["o:The UN", "?:It"], "The UN"),
        ("en", "The mayor said so. The UN said so. He said more.", ["g:The mayor", "o:The UN", "?:He"], "The mayor"),
        ("en", "The UN said so. The mayor said so. It said more.", ["o:The UN", "g:The mayor", "?:It"], "The UN"),
        ("en", "Some residents said so. They said more.", ["w:Some residents", "?:They"], "Some residents"),
        pytest.param(
            "en", "Residents said so. They said more.", ["w:Residents", "?:They"], "Residents",
            marks=pytest.mark.xfail(strict=True, reason="one word with a capital at the head of a sentence counts as a name"),
        ),
        ("en", "The mayor said so. They said more.", ["g:The mayor", "?:They"], ""),
        ("en", "He said it rained.", ["?:He"], ""),
        ("fr", "Le maire a parlé. Il a ajouté cela.", ["g:Le maire", "?:Il"], "Le maire"),
        ("fr", "La ministre a parlé. Le maire a parlé. Elle a ajouté.", ["g:La ministre", "g:Le maire", "?:Elle"], "La ministre"),
        ("fr", "Le maire a parlé. La ministre a parlé. Il a ajouté.", ["g:Le maire", "g:La ministre", "?:Il"], "Le maire"),
        ("fr", "Le maire a parlé. Celui-ci a ajouté.", ["g:Le maire", "?:Celui-ci"], "Le maire"),
        ("fr", "Des habitants ont parlé. Ils ont ajouté.", ["w:Des habitants", "?:Ils"], "Des habitants"),
        ("fr", "Il a plu, dit-elle.", ["?:elle"], ""),
        # the same source
        ("en", "A security source said so. The same source said more.", ["a:A security source", "a:The same source"], "A security source"),
        ("fr", "Une source a parlé. La même source a ajouté.", ["a:Une source", "a:La même source"], "Une source"),
        ("fr", "La même source a parlé.", ["a:La même source"], ""),
        # short names
        ("en", "Governor Ali Bongo said so. Bongo said more.", ["g:Governor Ali Bongo", "p:Bongo"], "Governor Ali Bongo"),
        ("fr", "Le ministre Issoufou Katambé a parlé. M. Katambé a ajouté.", ["g:Le ministre Issoufou Katambé", "p:M. Katambé"],
         "Le ministre Issoufou Katambé"),
        ("en", "Ali Hassan said so. Omar Hassan said more.", ["p:Ali Hassan", "p:Omar Hassan"], ""),
        # descriptions
        ("en", "The defence ministry said so. The ministry said more.", ["g:The defence ministry", "g:The ministry"], "The defence ministry"),
        ("en", "Colonel Diallo said so. The officer said more.", ["p:Colonel Diallo", "f:The officer"], "Colonel Diallo"),
        ("en", "Amnesty International said so. The organisation said more.", ["o:Amnesty International", "o:The organisation"],
         "Amnesty International"),
        ("fr", "Selon le général Bah, tout va. Le responsable a ajouté.", ["p:le général Bah", "a:Le responsable"], "le général Bah"),
        ("en", "An official said so. A witness said more.", ["a:An official", "w:A witness"], ""),
        ("en", "The army said so. The rebels said more.", ["f:The army", "r:The rebels"], ""),
        # initials
        ("fr", "L'Observatoire syrien des droits de l'homme (OSDH) a parlé. L'OSDH a ajouté.",
         ["o:L'Observatoire syrien des droits de l'homme (OSDH)", "o:L'OSDH"], "L'Observatoire syrien des droits de l'homme (OSDH)"),
    ],
)  # fmt: skip
def test_what_a_voice_takes_up(language: str, text: str, chains: list[str], expected: str) -> None:
    assert taken_up(language, text, chains)[-1] == expected


def test_what_is_taken_up_is_the_fullest_mention_not_the_last() -> None:
    text = "Governor Ali Bongo said so. Bongo said this. He said more."
    assert taken_up("en", text, ["g:Governor Ali Bongo", "p:Bongo", "?:He"]) == ["Governor Ali Bongo"]


def test_each_voice_of_a_chain_is_resolved() -> None:
    text = "Governor Ali Bongo told Reuters so. Reuters said Bongo said more."
    assert taken_up("en", text, ["m:Reuters < g:Governor Ali Bongo", "m:Reuters < p:Bongo"]) == [
        "",
        "Governor Ali Bongo",
    ]


pieces = st.lists(
    st.sampled_from(["The army", "He", "It", "They", "Ali Hassan", "Hassan", "The ministry", "residents", "😀"]),
    min_size=1,
    max_size=8,
)


@given(pieces)
def test_a_voice_takes_up_only_what_stands_before_it_and_is_no_pronoun(voices: list[str]) -> None:
    text = " said. ".join(voices)
    claims = claims_of(text, [f"?:{voice}" for voice in voices])
    resolved = resolve_voices(claims, text, load_pack("en"))
    assert [[v.span for v in c.chain] for c in resolved] == [[v.span for v in c.chain] for c in claims]
    for claim in resolved:
        for voice in claim.chain:
            if voice.refers_to is not None:
                assert voice.refers_to.stop <= voice.span.start
                assert voice.refers_to.of(text) not in {"He", "It", "They"}
