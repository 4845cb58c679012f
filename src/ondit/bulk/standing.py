"""Which reports count: the first of those with one id, and of the versions of a post the one that was edited last."""

import json
from collections import defaultdict

from ondit.bulk.intaking import Counts
from ondit.bulk.job import Job, part_of, report_in
from ondit.bulk.rows import Post


def choose(job: Job, part: int) -> Counts:
    """For the series that are decided by this task: tell each partition which of its reports stand and which are the newest."""
    first: dict[str, tuple[str, str, int]] = {}
    for row in job.received("series", part):
        for line in row.splitlines():
            series, edited, id_, place = json.loads(line)
            if id_ not in first or place < first[id_][2]:
                first[id_] = (series, edited, place)
    versions: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for series, edited, place in first.values():
        versions[series].append((edited, place))
    post = Post(job.parts)
    for known in versions.values():
        newest = max(known)
        for version in known:
            number = report_in(version[1]) << 1 | (version == newest)
            post.send(part_of(version[1]), number.to_bytes(8, "little"))
    post.write(job.file("standing", part))
    return {"reports": len(first), "newest": len(versions)}
