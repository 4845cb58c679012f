"""What `make demo` runs: reads the example reports (or one of yours), prints their claims and writes a page for each."""

import argparse
import sys
from pathlib import Path

from ondit.cli import main as ondit

HERE = Path(__file__).parent


def run() -> int:
    """Read, print, write; the exit code is the worst that `ondit read` returned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", default="", help="a report of yours; without it, the examples")
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="folder for the pages")
    parser.add_argument("--published", default="", help="the day your report was published (YYYY-MM-DD)")
    options = parser.parse_args()
    if options.report:
        reports = [(Path(options.report), options.published)]
    else:
        # The name of an example begins with its day of publication.
        reports = [(path, path.name[:10]) for path in sorted(HERE.glob("20*"))]
    worst = 0
    pages = []
    for path, published in reports:
        page = options.out / f"{path.stem}.html"
        day = ["--published", published] if published else []
        worst = max(worst, ondit(["read", str(path), *day, "--html", str(page)]))
        if page.exists():
            pages.append(page)
        sys.stdout.write("\n")
        sys.stdout.flush()
    if pages:
        sys.stdout.write("Open these pages in a browser (they need no network):\n")
        sys.stdout.writelines(f"  {page.resolve()}\n" for page in pages)
    return worst


if __name__ == "__main__":
    sys.exit(run())
