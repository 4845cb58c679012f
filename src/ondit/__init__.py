"""ondit reads reports into a claim ledger: who says what, through whom, how sure, about which event, where and when."""

__version__ = "0.1.0"
