"""Copies made on purpose, to measure how well they are found: `python -m evaluation copies`."""
