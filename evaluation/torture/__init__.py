"""Large and hostile sources, written to a temporary folder and taken in by a process of their own: time, memory, and what was said."""

from evaluation.torture.run import run

__all__ = ["run"]
