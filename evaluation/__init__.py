"""Measures ondit on public sets: adapters that read texts (never labels), the scorers of the sets, floors and a benchmark.

`python -m evaluation --help` has the commands; `sets.py` names the sets and `CONTRIBUTING.md` says how the figures are kept honest.
"""
