"""What all tests share: programs that may be absent, repeatable examples, and the checkout's place."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from tests.validators import NoValidator, Verdict, verapdf

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI") == "true"

# program: what brings it, as Debian's package and in words
PROGRAMS = {
    "chromium": ("chromium", "Chromium"),
    "java": ("default-jre-headless", "a Java runtime"),
    "mvn": ("maven", "Maven"),
    "pdfinfo": ("poppler-utils", "Poppler"),
    "pdftoppm": ("poppler-utils", "Poppler"),
    "pdftotext": ("poppler-utils", "Poppler"),
    "soffice": ("libreoffice-impress", "LibreOffice Impress"),
}
# other names of a program, and where installers put it without telling PATH
PLACES: dict[str, tuple[str, ...]] = {
    "chromium": (
        "chromium-browser",
        "google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ),
    "soffice": (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    ),
}

# The same examples on every run and machine, and no clock: a slow machine is no failure.
settings.register_profile("temario", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("temario")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what is given now as what is due")


def pytest_configure() -> None:
    """Heed Ctrl-C: what a shell runs in the background ignores it, and so would all that tests start."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def need_program() -> Callable[[str], str]:
    """Give the path of a program; without it skip the test, or fail it under CI=true."""

    def need(name: str) -> str:
        for place in (name, *PLACES.get(name, ())):
            if found := shutil.which(place):
                return found
        package, words = PROGRAMS.get(name, (name, name))
        reason = f"{name} is missing: install {words} (Debian: apt install {package})"
        if IN_CI:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    return need


@pytest.fixture(scope="session")
def ask_verapdf(
    need_program: Callable[[str], str],
) -> Callable[[Sequence[Path], str], tuple[Verdict, ...]]:
    """Ask veraPDF about files in a flavour; where it cannot be had, skip the test, or fail it under CI."""
    need_program("java")
    need_program("mvn")

    def ask(files: Sequence[Path], flavour: str) -> tuple[Verdict, ...]:
        try:
            return verapdf(files, flavour, ROOT / ".cache" / "verapdf")
        except NoValidator as error:
            if IN_CI:
                raise
            pytest.skip(str(error))

    return ask


@pytest.fixture(scope="session")
def tracked_files() -> tuple[Path, ...]:
    """The files of the checkout that git tracks and that exist, relative to its top."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        if IN_CI:
            raise
        pytest.skip("needs git and a git checkout: install git, clone the project")
    names = done.stdout.decode("utf-8").split("\0")
    return tuple(Path(name) for name in names if name and (ROOT / name).is_file())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run slow tests in CI, or when they are asked for."""
    if IN_CI or "slow" in config.getoption("markexpr"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes half a minute or more: CI=true or -m slow"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Return a function that holds a text against a file; `--update-golden` writes the file instead."""

    def same(text: str, path: Path) -> None:
        if request.config.getoption("--update-golden", default=False):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return same
