"""The desk in a real browser: every page, the whole review flow, the keyboard alone, Arabic, narrow screens, no script, and axe."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from ondit.ledger import Ledger
from ondit.web import make_app
from tests.web.desks import desk_on, ledger_at
from tests.web.test_pages import filled

PAGES = (
    "/events", "/events?shared=1", "/events/{event}", "/events/{event}/arrange", "/claims", "/claims/{claim}?order=doubt", "/reports", "/reports/{report}", "/review",
    "/sources", "/sources/{source}", "/history", "/add", "/export?type=protest", "/claims/none",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    ledger_at(folder)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(desk_on(folder / "test.ledger")), log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def opened(chromium: Any, path: str, said: list[str], **options: Any) -> Any:
    """A page in a browser of its own; what it complains of and what it asks of others is noted."""
    context = chromium.new_context(**{"viewport": {"width": 1360, "height": 900}, "locale": "en", **options})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if "//127.0.0.1:" in request.url else said.append(request.url))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("look", [(1280, "ar", "light"), (360, "fr", "dark")], ids=str)
def test_every_page_without_barriers_and_complaints(
    chromium: Any, folder: Path, address: str, path: str, look: tuple[int, str, str]
) -> None:
    width, language, scheme = look
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    said: list[str] = []
    size = {"width": width, "height": 900}
    page = opened(
        chromium,
        address + filled(path, folder / "test.ledger"),
        said,
        viewport=size,
        locale=language,
        color_scheme=scheme,
    )
    wanted = [line for line in said if "404" not in line or path != "/claims/none"]
    assert wanted == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    report = axe.run(page).response
    assert len(report["passes"]) > 10  # it did look
    found = report["violations"]
    serious = [
        (v["id"], [n["html"][:160] for n in v["nodes"][:3]], v["nodes"][0]["failureSummary"][:300])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.context.close()


def decisions(folder: Path) -> list[Any]:
    with Ledger.open(folder / "test.ledger") as ledger:
        return list(ledger.decisions())


def test_the_whole_review_by_keyboard_alone(chromium: Any, folder: Path, address: str) -> None:
    said: list[str] = []
    before = len(decisions(folder))
    page = opened(chromium, f"{address}/review", said)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('.starts a')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/*")
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.keyboard.press("r")
    page.wait_for_url(lambda url: url != second)
    assert [d.kind for d in decisions(folder)[before:]] == ["accept", "reject"]
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url.startswith(second.split("?")[0]))
    assert decisions(folder)[-1].kind == "undo"
    # A correction: the key opens the form, the list is set, the form is sent, all without a pointer.
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    edit = decisions(folder)[-1]
    assert (edit.kind, edit.field) == ("edit", "stance")
    page.keyboard.press("c")
    page.keyboard.type("look again")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert decisions(folder)[-1].why == "look again"
    assert said == []
    page.context.close()


def select(page: Any, words: str) -> None:
    """Select words of the text as a pointer would: over whatever marks stand in them, again if the page was busy."""
    page.wait_for_function(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          const nodes = [];
          while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("a.n")) nodes.push(walker.currentNode);
          const start = nodes.map(n => n.data).join("").indexOf(words);
          if (start < 0) throw new Error(`not there: ${words}`);
          const place = (at, last) => { for (const node of nodes) { if (at < node.length + (last ? 1 : 0)) return [node, at]; at -= node.length; } };
          const range = document.createRange();
          range.setStart(...place(start, false));
          range.setEnd(...place(start + words.length, true));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return new Promise(done => setTimeout(() => done(!document.getElementById("selected")?.hidden), 100));
        }""",
        arg=words,
    )


def a_claim(folder: Path, words: str) -> tuple[str, str, str]:
    """The claim that holds words, its report and the report's text."""
    with Ledger.open(folder / "test.ledger") as ledger:
        found = next(f for f in ledger.claims() if words in f.claim.content.of(f.report.text))
        return found.claim.id, found.report.id, found.report.text


def test_words_that_are_selected_become_fields_and_are_taken_back(chromium: Any, folder: Path, address: str) -> None:
    said: list[str] = []
    claim, _, text = a_claim(folder, "قتلوا")
    page = opened(chromium, f"{address}/claims/{claim}", said)
    select(page, "الخميس في تيليا")
    assert page.locator("#selected").is_visible()
    with page.expect_navigation():
        page.click('[data-use="content"]')
    edit = decisions(folder)[-1]
    start = text.index("الخميس في تيليا")
    assert edit.value == f"[{start}, {start + len('الخميس في تيليا')}]"
    with Ledger.open(folder / "test.ledger") as ledger:
        now = ledger.claim(claim)
        assert now is not None
        assert now.claim.content.of(text) == "الخميس في تيليا"
    assert edit.id in page.request.get(f"{address}/history").text()
    with page.expect_navigation():
        page.click(".did form button")
    with Ledger.open(folder / "test.ledger") as ledger:
        now = ledger.claim(claim)
        assert now is not None
        assert [now.claim.content.start, now.claim.content.stop] == json.loads(edit.was)
    select(page, "عشرة أشخاص")
    held: list[Any] = []
    page.route("**/selected?*", lambda route: held.append(route))  # noqa: PLW0108, Playwright reads the signature
    page.select_option("#figure", "killed")
    select(page, "الخميس")  # before the desk has answered what the words before it tell
    with page.expect_response("**/selected?*"):
        held.pop().continue_()
    page.unroute("**/selected?*")
    figure = page.locator('form.edit[data-field="killed"] [name=value]')
    page.wait_for_function("(input) => input.value === '10'", arg=figure.element_handle())
    page.wait_for_timeout(100)
    page.click('[data-use="when"]')
    when = page.locator('form.edit[data-field="when"] [name=value]')
    page.wait_for_function("(input) => input.value === '2024-03-14'", arg=when.element_handle())
    assert said == []
    page.context.close()


def test_a_chain_is_put_in_another_order_and_a_pin_is_moved(chromium: Any, folder: Path, address: str) -> None:
    claim, _, text = a_claim(folder, "killed at least nine")
    page = opened(chromium, f"{address}/claims/{claim}", [])
    select(page, "Radio Talak")
    with page.expect_navigation():
        page.click('[data-use="voice"]')
    with Ledger.open(folder / "test.ledger") as ledger:
        now = ledger.claim(claim)
        assert now is not None
        names = [v.span.of(text) for v in now.claim.chain]
    assert names[-1] == "Radio Talak"
    page.click("#correct > summary")
    page.click(
        ".chain-edit li:last-of-type:not(.new) button:text('↑'), .chain-edit li:nth-last-child(2) button:text('↑')"
    )
    with page.expect_navigation():
        page.click('form[data-field="voices"] > button')
    with Ledger.open(folder / "test.ledger") as ledger:
        now = ledger.claim(claim)
        assert now is not None
        assert [v.span.of(text) for v in now.claim.chain][-2] == "Radio Talak"
    page.click("#correct > summary")
    page.click(".pinning > summary")
    page.wait_for_selector(".pin")
    before = page.input_value("[name=lat]")
    page.focus(".pin")
    page.keyboard.press("ArrowUp")
    assert float(page.input_value("[name=lat]")) > float(before)
    with page.expect_navigation():
        page.click('.pinning form[data-field="place"] > button')
    edit = decisions(folder)[-1]
    assert edit.field == "place"
    assert before not in edit.value
    page.context.close()


def test_a_field_leads_to_its_characters_and_back(chromium: Any, folder: Path, address: str) -> None:
    said: list[str] = []
    _, report, text = a_claim(folder, "killed at least nine")
    page = opened(chromium, f"{address}/reports/{report}", said)
    page.click(".lane .voice button.spot")
    spans = page.evaluate("[...CSS.highlights.get('spot')].map(r => r.toString())")
    assert spans
    assert spans[0] in text
    page.click("#text a.n >> nth=0")
    assert page.evaluate("document.activeElement.id") == "c1"
    page.click("#c1 header a.n")
    assert page.url.endswith("#t1")
    select(page, "eleven people")
    assert page.input_value("#adding [name=content]") == f"{text.index('eleven')}-{text.index('eleven') + 13}"
    assert said == []
    page.context.close()


def test_map_timeline_and_list_are_one(chromium: Any, folder: Path, address: str) -> None:
    said: list[str] = []
    page = opened(chromium, f"{address}/events", said)
    page.wait_for_selector(".atlas[data-ready]")
    total = int(page.inner_text("#count"))
    assert page.locator("#list tbody tr").count() == total > 2
    box = page.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 40, steps=5)
    with page.expect_response("**/events/list?*"):
        page.mouse.up()
    page.wait_for_selector("#list[aria-busy=false]")
    assert "since=" in page.url
    assert int(page.inner_text("#count")) < total
    with page.expect_response("**/events/list?*"):
        page.click("#unbrush")
    from playwright.sync_api import expect

    expect(page.locator("#count")).to_have_text(str(total))
    page.focus("#map")
    with page.expect_response("**/events/list?*"):
        for _ in range(8):
            page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#list[aria-busy=false]")
    assert "box=" in page.url
    assert int(page.inner_text("#count")) < total
    # The address leads somebody else to the same choice.
    other = opened(chromium, page.url, said)
    assert other.inner_text("#count") == page.inner_text("#count")
    assert said == []
    page.context.close()
    other.context.close()


@pytest.mark.parametrize(
    "path", ["/events", "/events/{event}", "/claims", "/claims/{claim}", "/reports/{report}", "/sources", "/history"]
)
def test_pages_read_without_script(chromium: Any, folder: Path, address: str, path: str) -> None:
    page = opened(chromium, address + filled(path, folder / "test.ledger"), [], java_script_enabled=False)
    assert page.locator("main h1, main h2").first.is_visible() or page.locator("#text").is_visible()
    assert not page.locator(".script-only").first.is_visible() if page.locator(".script-only").count() else True
    page.context.close()


def test_a_decision_without_script(chromium: Any, folder: Path, address: str) -> None:
    claim, _, _ = a_claim(folder, "people were killed")
    page = opened(chromium, f"{address}/claims/{claim}", [], java_script_enabled=False)
    page.click("#accept")
    assert decisions(folder)[-1].targets == (claim,)
    page.context.close()


def test_files_are_added_and_told_as_they_are_read(chromium: Any, folder: Path, address: str, tmp_path: Path) -> None:
    said: list[str] = []
    file = tmp_path / "wire.txt"
    file.write_text("The army said on Sunday that six soldiers were killed in Timbuktu.", encoding="utf-8")
    page = opened(chromium, f"{address}/add", said)
    page.set_input_files("input[type=file]", [str(file)])
    page.fill("[name=published]", "2024-04-08")
    page.click("form.add button.main")
    page.wait_for_selector("#job[data-over='1']", timeout=60_000)
    page.click("#job table a")
    assert "Timbuktu" in page.inner_text("#text")
    assert said == []
    page.context.close()
