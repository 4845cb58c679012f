"""What the tests of the desk share: passwords that are quick to hash, and one browser."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from ondit.web.safety import passwords

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Hashing takes a tenth of a second on purpose; here it is done dozens of times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_N", 2**6)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
