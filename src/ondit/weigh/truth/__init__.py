"""Truth discovery as a second opinion: published methods on the graph of who claims which value of what. Shown beside a grade, never part of it.

Every method takes votes and gives beliefs; all see the same graph, in which a voice that only repeats counts for little.
"""

from ondit.weigh.truth.accu import accu
from ondit.weigh.truth.investment import investment, pooled_investment
from ondit.weigh.truth.ledger import second_opinions
from ondit.weigh.truth.votes import Beliefs, Vote, believed, majority, weigh_repeats

__all__ = [
    "Beliefs",
    "Vote",
    "accu",
    "believed",
    "investment",
    "majority",
    "pooled_investment",
    "second_opinions",
    "weigh_repeats",
]
