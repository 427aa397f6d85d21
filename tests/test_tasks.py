"""tasks.py turns a bare Python into a working checkout, and then is in nobody's way.

Most tests use a stand-in checkout: the real tasks.py, a package `builders` that tells how it was called, and
a lock that names one small wheel beside it. So venv, pip and hashes are real, and nothing is fetched.
"""

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUILDERS = """
import os, sys, time
import tiny
print("called", sys.argv[1:], tiny.version, os.getcwd())
if "slow" in sys.argv:
    print("ready", flush=True)
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(130)
sys.exit(int(os.environ.get("CODE", "0")))
"""
# As on a Debian without python3-venv. It also takes less time, so that other tests use it too.
NO_ENSUREPIP = """
real = tasks.output
def output(command, **options):
    if command[1:3] == ["-m", "venv"] and "--without-pip" not in command:
        return 1, "ensurepip is not available"
    return real(command, **options)
tasks.output = output
"""
Done = subprocess.CompletedProcess[str]
WINDOWS = os.name == "nt"


def small_wheel(folder: Path, version: str) -> str:
    """Write a wheel of one module; return the line that names it in a lock."""
    name = f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        wheel.writestr("tiny.py", f"version = '{version}'\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return f"./{name} --hash=sha256:{hashlib.sha256((folder / name).read_bytes()).hexdigest()}\n"


def write_lock(checkout: Path, line: str) -> None:
    (checkout / ".lock").mkdir(exist_ok=True)
    for layer in ("build", "test", "dev", "bench"):
        (checkout / ".lock" / f"{layer}.txt").write_text("# ==\n" + line, encoding="utf-8")


@cache
def python() -> str:
    """A Python that has pip: this one, or the one that its virtual environment was made with."""
    for candidate in (
        sys.executable,
        str(Path(sys.base_prefix) / ("python.exe" if WINDOWS else "bin/python3")),
    ):
        if (
            shutil.which(candidate)
            and finished([candidate, "-m", "pip", "--version"], ROOT, os.environ).stdout
        ):
            return candidate
    pytest.skip("no Python with pip: install pip (Debian: apt install python3-pip or python3-venv)")


def run(
    checkout: Path, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Done:
    command = [python(), str(checkout / "tasks.py"), *arguments]
    return finished(command, cwd or checkout, {**os.environ, **(env or {})})


def run_changed(checkout: Path, change: str, *arguments: str) -> Done:
    """Run tasks.py after `change`, Python code that may touch `sys` and the module `tasks`."""
    code = f"import sys; sys.path.insert(0, {str(checkout)!r}); import tasks\n{change}\n"
    code += "try:\n    sys.exit(tasks.main(sys.argv[1:]))\n"
    code += (
        "except tasks.Failed as failure:\n    tasks.say(str(failure))\n    sys.exit(tasks.MACHINE_FAILED)\n"
    )
    return finished([python(), "-B", "-c", code, *arguments], checkout, dict(os.environ))


def finished(command: list[str], cwd: Path, env: Mapping[str, str]) -> Done:
    """Run without uv and without the caller's virtual environment on the path."""
    folders = [f for f in os.environ.get("PATH", "").split(os.pathsep) if not shutil.which("uv", path=f)]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**env, "PATH": os.pathsep.join(folders), "PIP_NO_INDEX": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A stand-in checkout in a folder with a space and an accent, and its first run."""
    checkout = tmp_path_factory.mktemp("clase de Íñigo") / "temario"
    (checkout / "builders").mkdir(parents=True)
    shutil.copy(ROOT / "tasks.py", checkout)
    (checkout / "builders" / "__init__.py").touch()
    (checkout / "builders" / "__main__.py").write_text(BUILDERS, encoding="utf-8")
    write_lock(checkout, small_wheel(checkout, "1.0"))
    return checkout, run(checkout, "build", "--lang", "es")


@pytest.fixture
def checkout(made: tuple[Path, Done], tmp_path: Path) -> Path:
    """A copy of the checkout as its first run left it."""
    copy = tmp_path / "copy"
    shutil.copytree(made[0], copy, symlinks=True)
    return copy


def test_the_first_run_says_what_it_does_and_does_the_job(made: tuple[Path, Done]) -> None:
    _, first = made
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("called ['build', '--lang', 'es'] 1.0")
    assert [line.split(":")[0] for line in first.stderr.splitlines()] == ["temario"] * 3
    assert "making .venv" in first.stderr
    assert "installing .lock/build.txt, 1 packages" in first.stderr


def test_later_runs_say_nothing_of_their_own_wherever_they_start(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "builders").mkdir()
    (tmp_path / "builders" / "__main__.py").write_text(
        "raise SystemExit('another package')", encoding="utf-8"
    )
    second = run(checkout, "check", cwd=tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == f"called ['check'] 1.0 {tmp_path}\n"


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_exit_codes_are_the_commands_own(made: tuple[Path, Done], code: int) -> None:
    assert run(made[0], "check", env={"CODE": str(code)}).returncode == code


def test_a_changed_lock_is_installed_once(checkout: Path) -> None:
    write_lock(checkout, small_wheel(checkout, "2.0"))
    changed, again = run(checkout, "build"), run(checkout, "build")
    assert changed.stdout.startswith("called ['build'] 2.0")
    assert "installing" in changed.stderr
    assert again.stderr == ""


def test_what_was_left_half_made_is_made_again(checkout: Path) -> None:
    (checkout / ".venv" / "unfinished").touch()
    for module in (checkout / ".venv").rglob("tiny.py"):
        module.unlink()
    mended = run_changed(checkout, NO_ENSUREPIP, "build")
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.startswith("called ['build'] 1.0")
    assert not (checkout / ".venv" / "unfinished").exists()


def test_two_first_runs_at_once_wait_for_each_other(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda name: run_changed(checkout, NO_ENSUREPIP, name), ["build", "check"]))
    assert [done.stdout.split("] ")[0] for done in runs] == ["called ['build'", "called ['check'"]
    assert sorted("installing" in done.stderr for done in runs) == [False, True]


@pytest.mark.skipif(WINDOWS, reason="on Windows .venv holds a copy of the interpreter")
def test_an_environment_whose_python_is_gone_is_made_again(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(checkout / "no-such-python")
    assert run_changed(checkout, NO_ENSUREPIP, "build").stdout.startswith("called ['build'] 1.0")


def test_where_ensurepip_is_missing_the_outer_pip_installs(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    done = run_changed(checkout, NO_ENSUREPIP, "build")
    assert done.stdout.startswith("called ['build'] 1.0"), done.stderr


def test_a_program_for_developers_is_found_in_tests_and_is_no_command(checkout: Path, tmp_path: Path) -> None:
    (checkout / "tests").mkdir()
    (checkout / "tests" / "gallery.py").write_text(
        "import sys; print('drawn', sys.argv[1:])", encoding="utf-8"
    )
    done = run(checkout, "gallery", "--outline", "a.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "drawn ['--outline', 'a.yaml']\n")
    shown = run(ROOT, "--help").stdout
    commands, _, developers = shown.partition("for developers:")
    for name in ("a11y", "basemap", "bench", "gallery", "soak"):
        assert re.search(rf"^  {name} ", developers, re.M)
        assert not re.search(rf"^ +{name} ", commands, re.M)


def test_a_package_that_is_not_the_locked_one_is_refused_in_one_line(checkout: Path) -> None:
    write_lock(checkout, small_wheel(checkout, "3.0").replace("sha256:", "sha256:0000")[:-5] + "\n")
    done = run(checkout, "build")
    assert done.returncode == 3
    assert re.search(r"^temario: a downloaded package is not the one that the lock names", done.stderr, re.M)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_package_that_cannot_be_had_is_named_in_one_line(checkout: Path) -> None:
    write_lock(checkout, "absent==1.0 --hash=sha256:" + "0" * 64 + "\n")
    done = run(checkout, "build")
    assert done.returncode == 3
    assert re.search(r"^temario: the packages could not .*absent==1\.0.*install\.log$", done.stderr, re.M)
    assert run_changed(checkout, NO_ENSUREPIP, "build").returncode == 3, (
        "a failed installation is not taken for a finished one"
    )


def test_what_worked_works_on_where_more_cannot_be_installed(checkout: Path) -> None:
    lock = checkout / ".lock" / "test.txt"
    lock.write_text("absent==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    assert run(checkout, "test").returncode == 3
    after = run(checkout, "build")
    assert (after.returncode, after.stderr) == (0, "")


def test_a_checkout_that_cannot_be_written_is_told_in_one_line(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    (checkout / ".venv").write_text("a file where the folder is due", encoding="utf-8")
    done = run(checkout, "build")
    assert (done.returncode, done.stdout) == (3, "")
    assert re.search(r"^temario: the machine refused: .*\.venv", done.stderr, re.M)
    assert "Traceback" not in done.stderr


def test_an_old_python_says_which_one_is_needed(made: tuple[Path, Done], tmp_path: Path) -> None:
    shutil.copy(made[0] / "tasks.py", tmp_path)
    write_lock(tmp_path, "")
    old = "import os; sys.version_info = (3, 9, 1, 'final', 0); os.environ['PATH'] = ''"
    done = run_changed(tmp_path, old, "build")
    assert done.returncode == 3
    assert done.stderr == (
        "temario: Python 3.11 or newer is needed, this is 3.9: install one, then run tasks.py with it\n"
    )


def test_tasks_py_has_no_syntax_that_an_old_python_cannot_read() -> None:
    source = (ROOT / "tasks.py").read_bytes()
    source.decode("ascii")
    tree = ast.parse(source, feature_version=(3, 4) if sys.version_info < (3, 13) else (3, 7))
    newer = (
        ast.AnnAssign, ast.AsyncFunctionDef, ast.Await, ast.JoinedStr, ast.Match, ast.NamedExpr, ast.Nonlocal,
        ast.YieldFrom,
    )  # fmt: skip
    for node in ast.walk(tree):
        assert not isinstance(node, newer), ast.unparse(node)
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            assert not (arguments.kwonlyargs or arguments.posonlyargs or node.returns), node.name
            assert not any(argument.annotation for argument in arguments.args), node.name
        if isinstance(node, ast.Tuple | ast.List):
            assert not any(isinstance(part, ast.Starred) for part in node.elts), ast.unparse(node)
        if isinstance(node, ast.Raise):
            assert node.cause is None, "raise … from …"
        if isinstance(node, ast.Dict):
            assert None not in node.keys, "{**…}"


@pytest.mark.skipif(WINDOWS, reason="a console's Ctrl-C cannot be sent to one process on Windows")
@pytest.mark.parametrize("arguments", [["slow"], ["test", "slow"]])
def test_ctrl_c_ends_quietly(checkout: Path, arguments: list[str]) -> None:
    (checkout / "pytest.py").write_text(BUILDERS, encoding="utf-8")  # stands for pytest
    process = subprocess.Popen(
        [sys.executable, str(checkout / "tasks.py"), *arguments],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    while "ready" not in process.stdout.readline():
        assert process.poll() is None
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in words


@pytest.mark.slow
def test_a_clean_clone_builds_every_document_with_one_command(
    tracked_files: tuple[Path, ...], tmp_path: Path
) -> None:
    for file in tracked_files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    done = subprocess.run(
        [sys.executable, "tasks.py", "build"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for lang in ("es", "en"):
        built = {file.name for file in tmp_path.glob(f"output/*/{lang}/*")}
        assert {"guide.pdf", "deck.pptx", "poster.pdf", "poster-sheets-a4.pdf"} <= built
