"""The preview in a real browser: open, edit, see the change, see a fault, mend it; strangers are refused."""

import io
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from pptx import Presentation

from builders.deck import build
from builders.deck.layouts import make_slide_page as deck_page
from builders.deck.model import SlideTable, TextBox
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.deck.svg_slides import SlideDrawing, write_slide_words
from builders.outline.load import load_outline
from builders.preview.server import WAIT_SECONDS
from builders.preview.session import MOST_HELD

HERE = Path(__file__).parent
ROOT = HERE.parent
ATHENS = HERE / "outlines" / "athens.yaml"
PATIENCE = 60  # seconds: machines may be busy

posix = pytest.mark.skipif(os.name == "nt", reason="needs signals that Windows has not")


@pytest.fixture
def outline(tmp_path: Path) -> Path:
    """A copy of the sample course that a test may edit."""
    (tmp_path / "images").mkdir()
    picture = ATHENS.parent / "images" / "trireme.png"
    (tmp_path / "images" / picture.name).write_bytes(picture.read_bytes())
    path = tmp_path / "athens.yaml"
    path.write_text(ATHENS.read_text("utf-8"), "utf-8")
    return path


@pytest.fixture
def preview(outline: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running preview of `outline`: its process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "builders", "preview", "--outline", str(outline)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout and process.stderr
    address = process.stdout.readline().split()[0]
    yield process, address
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stderr.close()


@pytest.fixture
def browser_page(need_program: Callable[[str], str]) -> Iterator[Page]:
    chromium = need_program("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 800})
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
        browser.close()
    assert troubles == []


@posix
def test_an_editor_opens_edits_sees_the_change_sees_a_fault_and_mends_it(
    preview: tuple[subprocess.Popen[str], str], outline: Path, browser_page: Page
) -> None:
    page, text = browser_page, outline.read_text("utf-8")
    page.goto(preview[1])
    expect(page.locator("#summary")).to_have_text("None")
    expect(page.locator("figure img[src]").first).to_be_visible()

    page.keyboard.press("2")  # the slides
    expect(page.get_by_role("tab", selected=True)).to_have_text("Slides")
    slide = page.locator("figure", has_text="Cualquiera puede hablar")
    expect(page.locator("figure img[src]").first).to_be_visible()
    page.locator("#leaves figure").nth(12).scroll_into_view_if_needed()
    page.keyboard.press("n")
    place = (
        "() => [...document.querySelectorAll('figure')].find(f => f.getBoundingClientRect().bottom > 70).id"
    )
    before = page.evaluate(place)
    assert before != "leaf-1"

    outline.write_text(
        text.replace("La asamblea vota leyes, guerras y cargos.", "Cualquiera puede hablar."), "utf-8"
    )
    expect(slide.first).to_have_class("changed")
    assert page.evaluate(place) == before
    expect(page.locator("#status")).to_contain_text("Changed: slide")
    page.keyboard.press("c")
    expect(slide.first).to_be_focused()
    expect(page.get_by_role("tablist")).to_be_in_viewport()  # the page itself does not scroll away

    hostile = '"<img src=x onerror=alert(1)>"'
    outline.write_text(text.replace("lane: letters", f"lane: {hostile}", 1), "utf-8")
    fault = page.locator("#faults li")
    expect(fault).to_have_count(1)
    expect(fault).to_contain_text("<img src=x onerror=alert(1)>")
    expect(fault).to_contain_text("section rise, event oresteia")
    line = text[: text.index("lane: letters")].count("\n") + 1
    expect(fault).to_contain_text(f"line {line}, column 9")
    expect(slide.first).to_be_attached()  # the last good slides stay

    outline.write_text(text, "utf-8")
    expect(page.locator("#summary")).to_have_text("None")
    expect(slide).to_have_count(0)

    page.get_by_label("Language").select_option("en")
    expect(page.locator("#leaves figure").first).to_contain_text("The Athens of Pericles")
    page.keyboard.press("1")
    expect(page.locator("figure img[src]").first).to_be_visible()


@posix
def test_the_page_works_from_the_keyboard_alone(
    preview: tuple[subprocess.Popen[str], str], browser_page: Page
) -> None:
    page = browser_page
    page.goto(preview[1])
    expect(page.locator("figure img[src]").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the pages")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Guide")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Slides")).to_be_focused()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Slides")
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Single keys do this").uncheck()
    page.get_by_role("tab", name="Slides").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Slides")
    names = page.evaluate(
        "() => [...document.querySelectorAll('button, select, input, a, [tabindex=\"0\"]')]"
        ".filter((one) => one.offsetParent).map((one) =>"
        " one.textContent.trim() || one.ariaLabel || one.labels?.[0]?.textContent.trim())"
    )
    assert len(names) >= 6 and all(names)


def answer(address: str, path: str, **headers: str) -> tuple[int, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address + path, headers=named), timeout=PATIENCE
        ) as got:
            return got.status, got.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_strangers_are_refused_and_the_end_is_clean(
    preview: tuple[subprocess.Popen[str], str], end: signal.Signals
) -> None:
    process, address = preview
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert answer(address, "")[0] == 200
    assert answer(address, "state", Origin=address.rstrip("/"))[0] == 200
    for headers in (
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        assert answer(address, "state", **headers)[0] == 403, headers
    for path in (
        "../pyproject.toml",
        "%2e%2e/server.py",
        "page.py",
        "leaf/guide/es/0/99",
        "leaf/guide/es/0/-1",
    ):
        assert answer(address, path)[0] == 404, path
    assert "faults" in json.loads(answer(address, "state?document=deck&language=xx&after=x")[1])
    os.kill(process.pid, end)
    assert process.wait(PATIENCE) == 0
    until = time.monotonic() + PATIENCE
    while alive(process.pid):
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.1)


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_end_is_quiet_and_quick_though_a_page_is_open(
    preview: tuple[subprocess.Popen[str], str], end: signal.Signals
) -> None:
    process, address = preview
    version = wait_until_made(address)
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as page:
        question = f"GET /state?after={version} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        page.sendall(question.encode())
        time.sleep(0.5)  # it is held open until there is news
        started = time.monotonic()
        os.kill(process.pid, end)
        assert page.recv(64).startswith(b"HTTP/1.1 200 ")
        assert process.wait(PATIENCE) == 0
    assert time.monotonic() - started < WAIT_SECONDS / 2
    assert process.stderr and process.stderr.read() == ""


def wait_until_made(address: str) -> int:
    """Return the version of the state in which the first document is made."""
    before = -1
    while (now := json.loads(answer(address, f"state?after={before}")[1]))["busy"] or now["digest"] is None:
        before = now["version"]
        time.sleep(0.05)
    return int(now["version"])


@posix
def test_many_windows_keep_no_other_from_its_page(
    preview: tuple[subprocess.Popen[str], str], outline: Path
) -> None:
    process, address = preview
    version = wait_until_made(address)
    port = int(address.rstrip("/").rpartition(":")[2])
    question = f"GET /state?after={version} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    with ExitStack() as windows:
        pages = [
            windows.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE)) for _ in range(200)
        ]
        started = time.monotonic()
        for page in pages:
            page.sendall(question)
        assert answer(address, "")[0] == 200
        state = json.loads(answer(address, "state")[1])
        leaf = f"leaf/{state['document']}/{state['language']}/{state['digest']}/0?width=50"
        assert answer(address, leaf)[1].startswith(b"\x89PNG")
        held = [page for page in pages if not select.select([page], [], [], 0.05)[0]]
        assert len(held) == MOST_HELD  # a browser has six connections for all its windows
        assert time.monotonic() - started < WAIT_SECONDS / 2
        outline.write_text(outline.read_text("utf-8").replace("La asamblea vota", "Cualquiera vota"), "utf-8")
        for page in pages:
            assert page.recv(64).startswith(b"HTTP/1.1 200 ")
        assert time.monotonic() - started < WAIT_SECONDS  # the news came, not the end of the wait
    assert process.poll() is None


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_every_slide_is_well_formed_svg_with_all_its_words(ratio: str) -> None:
    options = DeckOptions(lang="es", root=ATHENS.parent, ratio=ratio)
    frame = deck_page(options.theme.deck, ratio)
    deck = plan_deck(load_outline(ATHENS).outline, options, frame)
    drawing = SlideDrawing(deck, frame, options.theme, "{year} a. C.")
    for number, slide in enumerate(deck.slides):
        drawn = "".join(ElementTree.fromstring(drawing.draw_slide(number)).itertext())
        drawn, said = "".join(drawn.split()), "".join(write_slide_words(slide).split())
        boxes = [slide.title, *(item for item in slide.items if isinstance(item, TextBox))]
        tables = [item for item in slide.items if isinstance(item, SlideTable)]
        texts = [p.text for box in boxes for p in box.paragraphs]
        texts += [p.text for table in tables for row in table.rows for cell in row for p in cell.paragraphs]
        for text in ["".join(text.split()) for text in (slide.name, *texts)]:
            assert text in drawn
            assert text in said


def test_a_tables_words_stand_in_the_preview_where_they_stand_on_the_slide() -> None:
    options = DeckOptions(lang="en", root=ATHENS.parent)
    outline, frame = load_outline(ATHENS).outline, deck_page(options.theme.deck, "16:9")
    drawing = SlideDrawing(plan_deck(outline, options, frame), frame, options.theme, "{year} BC")
    (artifact,) = build(outline, options)
    found = 0
    for number, slide in enumerate(Presentation(io.BytesIO(artifact.data)).slides):
        for shape in (shape for shape in slide.shapes if shape.has_table):
            row = shape.table.rows[0]
            drawn = ElementTree.fromstring(drawing.draw_slide(number))
            lines = ["".join(line.itertext()) for line in drawn.iter("{http://www.w3.org/2000/svg}text")]
            places = [float(line.get("y", "")) for line in drawn.iter("{http://www.w3.org/2000/svg}text")]
            for cell in (cell for cell in row.cells if cell.text):
                (run, *_) = cell.text_frame.paragraphs[0].runs
                top = (shape.top + cell.margin_top) / 12_700
                first = next(line for line in lines if line and cell.text.startswith(line))
                base = places[lines.index(first)]
                assert base == pytest.approx(top + 0.952 * run.font.size / 12_700, abs=0.5)
                found += 1
    assert found > 3
