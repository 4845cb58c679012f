"""The same reports in other surfaces, to measure how much of the reading hangs on them: `python -m evaluation surface`."""
