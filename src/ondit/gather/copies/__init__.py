"""Which reports repeat others: whole, edited, cut, passed on, translated; or a passage, in another report or in themselves.

`prints` makes a compact record of each report's wording, `alike` finds and measures what is worth comparing, `originals` says who copies
whom and why, `translations` compares figures, names and places across languages, `passages` looks inside one report.
"""
