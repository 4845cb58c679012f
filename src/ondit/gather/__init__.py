"""Which claims of different reports are about one happening, and which reports are copies of others.

`traits` makes a compact record of each telling, `blocking` says which may meet, `doubting` passes over those that cannot be alike, `comparing`
weighs named findings, `clustering` and `decisions` make happenings of what is alike, `copies` finds what repeats; `gathering` is the order of all
that.
"""
