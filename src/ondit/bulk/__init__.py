"""Many documents at once: partitions of the input are read, shuffled by block and settled by whoever does the work, one machine or a cluster.

What comes of it is what `add` and `settle` give on one machine. `running.py` knows the order of the stages; each is a pure function
of files in a work folder that all workers see under the same path, and leaves a mark when it is done.
"""

from ondit.bulk.job import BulkError, Job
from ondit.bulk.planning import PARTITION, Plan, plan
from ondit.bulk.running import Summary, Target, bulk

__all__ = ["PARTITION", "BulkError", "Job", "Plan", "Summary", "Target", "bulk", "plan"]
