"""Takes the two pictures of the desk that the README shows: the desk runs on the example ledger, a browser looks at it."""

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from ondit.cli import main as ondit
from ondit.ledger import Filters, Ledger
from ondit.model import Stance
from ondit.settings import Settings
from ondit.web import Access, Desk, Ledgers, make_app

TARGET = Path(__file__).parents[2] / "docs" / "images"
MOST = 300_000  # bytes of a picture
SIZE = {"width": 1280, "height": 920}


def main() -> None:
    """Read the example, serve it, look, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument(
        "--browser", default=shutil.which("chromium"), help="a Chromium (default: the one of the system)"
    )
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        example(Path(folder) / "example") as (ledger, settings),
        served(ledger, settings) as address,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(executable_path=arguments.browser, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en", color_scheme="light")
        picture(page, f"{address}/events?shared=1", arguments.out / "desk-events.png")
        picture(page, f"{address}/claims/{claim_of(ledger)}?order=doubt", arguments.out / "desk-review.png")


@contextmanager
def example(folder: Path) -> Iterator[tuple[Path, Settings]]:
    """The example as `ondit example` writes it, read and settled."""
    ondit(["example", str(folder)])
    settings = Settings(sources=(folder / "sources.toml",))
    path = folder / "example.ledger"
    with Ledger.open(path, by="ana", settings=settings) as ledger:
        for _ in ledger.add(folder / "reports"):
            pass
        ledger.settle()
    yield path, settings


@contextmanager
def served(path: Path, settings: Settings) -> Iterator[str]:
    """The desk over a ledger."""
    desk = Desk(
        Ledgers.of_file(path, lambda: Ledger.open(path, create=False, settings=settings)), Access("ana"), path.name
    )
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def claim_of(path: Path) -> str:
    """A claim that says much: through two voices, at a distance."""
    with Ledger.open(path, create=False) as ledger:
        found = ledger.claims(Filters(stance=Stance.DISTANCES, place="Tillia"))
        return max(found, key=lambda one: (len(one.claim.chain), one.claim.id)).claim.id


def picture(page: Page, address: str, path: Path) -> None:
    """What a page shows without scrolling."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    path.write_bytes(page.screenshot())
    size = path.stat().st_size
    if size > MOST:
        raise SystemExit(f"{path}: {size} bytes, more than {MOST}")
    print(f"{path} {size // 1000} kB")


if __name__ == "__main__":
    main()
