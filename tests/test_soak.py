"""Outlines from strangers: whatever they hold gives documents or located faults, never half a file."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.cli import main
from builders.core.diagnostics import MOST_FAULTS, Fault, OutlineFaults
from builders.core.text_files import decode_text
from builders.yaml_source import source
from tests.soak import mutations, runs

HERE = Path(__file__).parent
ATHENS = HERE / "outlines" / "athens.yaml"
SMALL = HERE / "outlines" / "one-language.yaml"
STRINGS = runs.strings()
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs signals that Windows has not")


@POSIX
@pytest.mark.parametrize("start", range(0, 240, 60))
def test_mutants_give_an_outline_or_located_faults(start: int) -> None:
    for seed in range(start, start + 60):
        assert list(runs.check((ATHENS, SMALL)[seed % 2], seed, STRINGS)) == []


@POSIX
@pytest.mark.parametrize("seed", range(3))
def test_reworded_outlines_build_documents_that_open(seed: int) -> None:
    assert list(runs.build(SMALL, seed, STRINGS)) == []


def test_a_seed_gives_the_same_mutant_again() -> None:
    text = ATHENS.read_text("utf-8")
    assert [mutations.mutated(text, 7, STRINGS) for _ in range(2)] == [
        mutations.mutated(text, 7, STRINGS)
    ] * 2
    assert mutations.mutated(text, 7, STRINGS) != mutations.mutated(text, 8, STRINGS)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_give_values_or_located_faults(content: bytes) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        source.parse_source(decode_text(content))
    except OutlineFaults as error:
        faults = error.faults
    assert all(fault.line and fault.column and fault.message for fault in faults)


@pytest.mark.parametrize(
    "escape", [r"\0", r"\a", r"\e[31m", r"\x7f", r"\u009f", r"\uFFFE", r"\uD800", r"\uDC00\uD83D"]
)
def test_control_characters_and_lone_surrogates_behind_escapes_are_named(
    escape: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "a.yaml"
    outline.write_text(
        SMALL.read_text("utf-8").replace("languages: [en]", f'languages: [en]\ncredit: "x{escape}"'), "utf-8"
    )
    assert main(["check", "--outline", str(outline)]) == 1
    first = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(str(outline)))
    assert "control character" in first or "backslash" in first or "character cannot be read" in first
    number = outline.read_text("utf-8").splitlines().index(f'credit: "x{escape}"') + 1
    assert first.startswith(f"{outline}:{number}:")


WRITER = """
import sys, itertools
from pathlib import Path
from builders.core.files import write_file
print("ready", flush=True)
for letter in itertools.cycle(b"ab"):
    write_file(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
"""


@POSIX
def test_a_file_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    target = tmp_path / "poster.pdf"
    chance = random.Random(1)
    for _ in range(20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], cwd=HERE.parent, stdout=subprocess.PIPE
        )
        assert writer.stdout
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(chance.uniform(0, 0.1))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        if target.exists():
            content = target.read_bytes()
            assert content in (b"a" * 3_000_000, b"b" * 3_000_000)


@POSIX
def test_builds_that_are_killed_leave_whole_documents(tmp_path: Path) -> None:
    builds = runs.Interrupted(SMALL, tmp_path, "deck")
    for seed in range(4):
        assert list(builds.kill(seed)) == []


@POSIX
def test_builds_that_are_killed_lose_nothing_of_the_users(tmp_path: Path) -> None:
    builds = runs.Interrupted(SMALL, tmp_path, "deck")
    folder = builds.output / "course" / "en"
    strangers = (builds.output / "thesis" / "chapter.docx", folder / "notes.txt", folder / ".notes.part")
    for path in strangers:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    for seed in range(8):
        edited = b"edited by hand, number %d" % seed
        (folder / "deck.pptx").write_bytes(edited)
        list(builds.kill(seed))
        assert edited in [path.read_bytes() for path in folder.iterdir()]
        assert all(path.read_bytes() == b"mine" for path in strangers)


# Root may write everywhere by a capability of its own (Linux, capabilities(7)): it is given up.
LIKE_ANYONE = """
import ctypes, os, sys
from builders.cli import main
if os.geteuid() == 0:
    library = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert library.capget(header, sets) == 0
    for kind in (0, 1):  # effective and permitted
        sets[kind] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert library.capset(header, sets) == 0
sys.exit(main(sys.argv[1:]))
"""


def like_anyone(*words: object) -> "subprocess.CompletedProcess[str]":
    """Run a command as someone to whom the permissions of files apply."""
    command = [sys.executable, "-c", LIKE_ANYONE, *map(str, words)]
    return subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)


HELD = pytest.mark.skipif(
    os.name == "nt" or (sys.platform != "linux" and os.geteuid() == 0), reason="needs permissions that hold"
)


@HELD
@pytest.mark.parametrize("earlier", [b"", b"earlier"])
def test_a_read_only_folder_is_told_and_what_is_in_it_stays(earlier: bytes, tmp_path: Path) -> None:
    folder = tmp_path / SMALL.stem / "en"
    folder.mkdir(parents=True)
    if earlier:
        (folder / "deck.pptx").write_bytes(earlier)
    folder.chmod(0o500)
    try:
        done = like_anyone("build", "deck", "--outline", SMALL, "--output", tmp_path)
    finally:
        folder.chmod(0o700)
    assert done.returncode == 3
    assert "deck.pptx: cannot be written; check the folder's permissions" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.read_bytes() for path in folder.iterdir()] == ([earlier] if earlier else [])


@HELD
def test_an_outline_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    outline = tmp_path / "a.yaml"
    outline.write_bytes(SMALL.read_bytes())
    outline.chmod(0)
    for words in (["check", "--outline"], ["build", "--outline"], ["diff", SMALL]):
        done = like_anyone(*words, outline)
        assert done.returncode in (1, 2)
        assert "cannot be read (Permission denied)" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name",
    ["...yaml", "..yaml", "con.yaml", "NUL.yaml", "aux.en.yaml", "ash..yaml", "ash .yaml"],
)
def test_no_name_of_an_outline_leads_out_of_the_output_folder_or_is_kept_for_devices(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "in" / name
    outline.parent.mkdir()
    outline.write_text(SMALL.read_text("utf-8"), "utf-8")
    before = sorted(tmp_path.rglob("*"))
    for command in (["build", "deck", "--output", str(tmp_path / "out")], ["clean"]):
        assert main([*command, "--outline", str(outline)]) == 2
        assert "rename the outline" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


FULL = """
import resource, sys
from builders.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main(sys.argv[1:]))
"""


@POSIX
def test_a_disk_that_is_full_is_told_and_the_earlier_document_stays(tmp_path: Path) -> None:
    deck = tmp_path / SMALL.stem / "en" / "deck.pptx"
    deck.parent.mkdir(parents=True)
    deck.write_bytes(b"earlier")
    command = [
        sys.executable,
        "-c",
        FULL,
        "build",
        "deck",
        "--outline",
        str(SMALL),
        "--output",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "deck.pptx: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert deck.read_bytes() == b"earlier"
    assert [path.name for path in deck.parent.iterdir()] == ["deck.pptx"]


HUGE = {
    "one text": ("subtitle: " + '"' + "[a](b" * 100_000 + '"\n', "longer than a whole section"),
    "brackets": ("credit: " + "[" * 400_000 + "\n", "opening brackets"),
    "values": ("x: [" + "a," * 1_100_000 + "]\n", "more than 1000000 values"),
    "entries": ("terms:\n" + "  - {id: t, name: x, definition: y}\n" * 10_001, "more than 10000 stand here"),
    "faults": ("terms:\n" + "  - {}\n" * 5_000, "'id' is missing"),
    "keys": ("x: 1\n" * 5_000, "stands twice"),
}


@POSIX
@pytest.mark.parametrize("what", HUGE)
def test_every_limit_has_its_fault_and_comes_in_time(
    what: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hostile, expected = HUGE[what]
    outline = tmp_path / "a.yaml"
    outline.write_text(hostile + SMALL.read_text("utf-8"), "utf-8")
    assert main(["check", "--outline", str(outline)]) == 1
    told = capsys.readouterr().out
    assert expected in told
    assert told.count(f"{outline}:") <= MOST_FAULTS


@POSIX
def test_what_is_no_file_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero")):
        assert main(["check", "--outline", str(path)]) == 1
        assert "is not a file" in capsys.readouterr().out


# What a command does to the world is told by Python itself (PEP 578): connections and writing are watched.
WATCHED = """
import os, sys
output = os.path.realpath(sys.argv.pop(1)) + os.sep
def refuse(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"NETWORK {event}\\n".encode())
    if event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        path = os.fsdecode(arguments[0])
        if path != os.devnull and not os.path.realpath(path).startswith(output):
            os.write(2, f"WRITES {path}\\n".encode())
from builders.cli import main
sys.addaudithook(refuse)
sys.exit(main(sys.argv[1:]))
"""


@POSIX
def test_a_build_never_uses_the_network_and_writes_into_its_output_folder_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-B", "-c", WATCHED, str(tmp_path), "build", "--outline", str(ATHENS)]
    command += ["--output", str(tmp_path), "--lang", "es"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr and "WRITES" not in done.stderr
    assert len([*(tmp_path / "athens" / "es").glob("*.p*")]) == 5
