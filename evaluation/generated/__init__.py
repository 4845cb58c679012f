"""Generated load: invented reports in three languages whose truth is known, so that gathering and weighing have a gold at any size.

Everything that is measured on them is *synthetic*: it says what ondit makes of these sentences, not of the world's.
"""
