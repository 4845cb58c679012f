"""What hangs together, over all partitions: each thing learns the smallest place of its connected part.

The method is that of alternating large-star and small-star (Kiveris et al., "Connected components in MapReduce and beyond", SoCC 2014): two
kinds of steps that turn any graph into stars, each step a task for each partition. It ends when a pair of steps changes nothing.
"""

from array import array
from collections import defaultdict

from ondit.bulk.intaking import Counts
from ondit.bulk.job import Job, part_of
from ondit.bulk.meeting import PAIR, link
from ondit.bulk.rows import Post, RowFile

_GRAPHS = 2


def star(job: Job, part: int, step: int) -> Counts:
    """One step: an even one hangs the larger neighbours of each thing on its smallest, an odd one the smaller ones."""
    post = Post(_GRAPHS * job.parts)
    changed = 0
    for graph in range(_GRAPHS):
        for own, beside in neighbours(job, part, graph, step).items():
            smallest = min(own, *beside)
            smaller = {other for other in beside if other < own}
            larger = beside - smaller
            if step % 2 == 0:
                changed += bool(smaller and larger)
                for other in larger:
                    link(job, post, graph, smallest, other)
            else:
                changed += len(smaller) > 1
                for other in {own, *smaller} - {smallest} if smaller else ():
                    link(job, post, graph, smallest, other)
    post.write(job.file(f"links-{step + 1:03}", part))
    return {"changed": changed}


def neighbours(job: Job, part: int, graph: int, step: int) -> dict[int, set[int]]:
    """What each thing of this partition is linked to after so many steps."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in job.received(f"links-{step:03}", graph * job.parts + part):
        known = array("Q", row)
        for a, b in zip(known[::2], known[1::2], strict=True):
            for own, other in ((a, b), (b, a)):
                if part_of(own) == part:
                    found[own].add(other)
    return found


def parts_of(job: Job, part: int, graph: int, steps: int) -> dict[int, list[int]]:
    """The connected parts of more than one whose smallest place is in this partition, by that place, all members in order."""
    found = neighbours(job, part, graph, steps)
    return {own: [own, *sorted(beside)] for own, beside in found.items() if min(beside) > own}


def route(job: Job, part: int, steps: int) -> Counts:
    """Send each pair that may be within one connected part to the partition of its smallest place; of reports also what is between parts."""
    pairs = RowFile(job.file("pairs", part))
    post = Post(_GRAPHS * job.parts)
    for graph in range(_GRAPHS):
        roots = {own: min(own, *beside) for own, beside in neighbours(job, part, graph, steps).items()}
        for own, other, *alike in PAIR.iter_unpack(pairs[graph]):
            root = roots.get(own, own)
            known = root if part_of(other) != part else roots.get(other, other)
            if graph or (own in roots and known == root):
                post.send(graph * job.parts + part_of(root), PAIR.pack(own, other, *alike))
    post.write(job.file("routed", part))
    return {}
