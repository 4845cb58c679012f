"""Truth discovery as a second opinion: published methods on the graph of who claims which value of what. Shown beside a grade, never part of it.

Every method takes votes and gives beliefs; all see the same graph, in which a voice that only repeats counts for little.
"""

from ondit.weigh.truth.accu import accu
from ondit.weigh.truth.investment import investment, pooled_investment
from ondit.weigh.truth.ledger import Ballot, ballot_of, opinions_on, second_opinions
from ondit.weigh.truth.votes import Beliefs, Vote, believed, majority, weigh_repeats

__all__ = [
    "Ballot",
    "Beliefs",
    "Vote",
    "accu",
    "ballot_of",
    "believed",
    "investment",
    "majority",
    "opinions_on",
    "pooled_investment",
    "second_opinions",
    "weigh_repeats",
]
