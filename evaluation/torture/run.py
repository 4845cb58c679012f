"""Each source is taken in by a process of its own, which tells its time and the most memory that it had."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evaluation.torture.sources import TORTURES, write, write_zip_bomb

MOST_MEMORY = 500  # megabytes
_TAKE_IN = """
import collections, pathlib, re, resource, sys, time
from ondit.intake import Received, Tally, take_in_all
from ondit.model import Problem
start, reports, codes = time.monotonic(), 0, collections.Counter()
for item in take_in_all([sys.argv[1]]):
    reports += isinstance(item, Received)
    if isinstance(item, Problem):
        codes[item.code] += 1
status = pathlib.Path("/proc/self/status")  # what a process takes over from its parent counts in getrusage, and not here
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024 if status.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 ** 2
print(reports, f"{time.monotonic() - start:.1f}", peak, ", ".join(f"{code} ×{n}" for code, n in sorted(codes.items())) or "-")
"""


def run(*, megabytes: int) -> int:
    """Print a line a source; gives how many took more memory than they may, or died."""
    print(f"{'source':38} {'MB':>6} {'reports':>8} {'seconds':>8} {'MB/s':>6} {'peak MB':>8}  problems")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for what, path in _sources(Path(folder), megabytes):
            size = path.stat().st_size / 1_000_000
            done = subprocess.run(
                [sys.executable, "-c", _TAKE_IN, str(path)], capture_output=True, text=True, check=False
            )
            if done.returncode:
                failed += 1
                print(f"{what:38} {size:6.0f} died: {done.stderr.strip().splitlines()[-1:]}")
            else:
                reports, seconds, peak, problems = done.stdout.strip().split(" ", 3)
                failed += int(peak) > MOST_MEMORY
                speed = size / max(0.1, float(seconds))
                print(f"{what:38} {size:6.0f} {reports:>8} {seconds:>8} {speed:6.1f} {peak:>8}  {problems}", flush=True)
            path.unlink()
    return failed


def _sources(folder: Path, megabytes: int) -> Iterator[tuple[str, Path]]:
    for torture in TORTURES:
        yield torture.what, write(torture, folder, megabytes)
    yield "a ZIP that unpacks to as much", write_zip_bomb(folder, megabytes)
