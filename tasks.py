#!/usr/bin/env python3
"""Run Temario from its checkout: make .venv when it is needed, then hand over to the console command.

Standard library alone, and no syntax newer than Python 2.7, so that an old Python can say what is missing.
Packages come in layers, each holding the one before: build (all that the product needs), test, dev, bench.
"""

from __future__ import print_function

import os
import sys
import time

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))
UNFINISHED = os.path.join(VENV, "unfinished")  # there while packages are being installed
LAYERS = ("build", "test", "dev", "bench")
# the layer of each task that needs more than build
NEEDS = {
    "a11y": "test",
    "basemap": "build",
    "bench": "bench",
    "gallery": "test",
    "lint": "dev",
    "mutants": "dev",
    "soak": "test",
    "test": "test",
}
PROGRAMS = (
    "a11y",
    "basemap",
    "bench",
    "gallery",
    "soak",
)  # for developers: modules of tests/, no part of the package

IN_USE = ".venv is in use by another program, such as a preview; end that, then try again (%s)"
MACHINE_FAILED = 3
INTERRUPTED = 130

TASKS_HELP = """
for developers:
  test [ARGUMENTS]    run the test suite; arguments go to pytest
  lint                ruff and mypy over the code
  mutants [MODULE]    break modules on purpose; tell the share that their tests catch
  lock [ARGUMENTS]    write .lock/ again from pyproject.toml; arguments go to `uv pip compile`
  a11y                ask independent validators whether the built PDFs are accessible
  bench               time the builders, and other programs that make the same
  soak                check and build hostile outlines for a long time
  basemap             make the maps' coasts and countries again from npm's world-atlas
  gallery             draw the README's pictures from the built documents"""


class Failed(Exception):
    """What went wrong with the machine, in one line with what to do."""


def main(arguments):
    """Do the job that `arguments` name; return the exit code."""
    task = arguments[0] if arguments else ""
    layer = NEEDS.get(task, "build")
    if not is_ready(layer):
        if sys.version_info < OLDEST:
            return hand_to_newer_python(arguments)
        file = wait_for_turn()
        if not is_ready(layer):  # another run may have done it
            make_ready(layer)
        file.close()
    if task == "test":
        return call([PYTHON, "-m", "pytest"] + arguments[1:], cwd=ROOT)
    if task == "lint":
        return lint()
    if task == "mutants":
        return call([PYTHON, os.path.join(ROOT, "tests", "mutants.py")] + arguments[1:], cwd=ROOT)
    if task == "lock":
        return call([PYTHON, os.path.join(ROOT, ".lock", "make.py")] + arguments[1:])
    if task in ("", "-h", "--help"):
        code = call(console(["--help"]))
        print(TASKS_HELP)
        return code
    if task in PROGRAMS:
        return become(python_module("tests." + task, arguments[1:]))
    return become(console(arguments))


def console(arguments):
    return python_module("builders", arguments)


def python_module(name, arguments):
    """A module's command: it is found by .venv's path file, whatever the working folder holds."""
    return [PYTHON, "-P", "-X", "utf8", "-m", name] + arguments


def lint():
    """Check style and types; every tool speaks, the first failure's code counts."""
    codes = [
        call([PYTHON, "-m"] + tool, cwd=ROOT)
        for tool in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
    ]
    return next((code for code in codes if code), 0)


# Is .venv ready? Asked on every run, so nothing is imported and nothing is started here.


def locked(layer):
    return os.path.join(ROOT, ".lock", layer + ".txt")


def installed(layer):
    """The copy of a layer's lock that stands for "all of this is in .venv"."""
    return os.path.join(VENV, "installed-" + layer + ".txt")


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except (IOError, OSError):  # two things in Python 2
        return b""


def is_ready(layer):
    """Whether .venv works and holds exactly what the lock of `layer` names."""
    if not os.path.exists(PYTHON) or os.path.exists(UNFINISHED) or base_is_gone():
        return False
    wanted = read(locked(layer))
    return bool(wanted) and wanted == read(installed(layer))


def base_is_gone():
    """Whether the Python that .venv was made with has been removed, as upgrades of a system do."""
    for line in read(os.path.join(VENV, "pyvenv.cfg")).decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "executable":
            return not os.path.exists(value.strip())
    return False


# Making .venv ready.


def wait_for_turn():
    """Keep other runs from making .venv at the same time: return a file that one process alone can lock."""
    folder = os.path.join(ROOT, ".cache")
    if not os.path.isdir(folder):
        os.mkdir(folder)
    file = open(os.path.join(folder, "tasks.lock"), "w")  # noqa: SIM115 - closing it lets the next one in
    told = False
    while True:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except EnvironmentError:
            if not told:
                say("waiting for another run of tasks.py, which is making .venv")
            told = True
            time.sleep(0.2)


def make_ready(layer):
    """Make .venv, or bring it up to date. Killed on the way, it starts from nothing the next time."""
    started = time.time()
    if not read(locked(layer)):
        raise Failed(locked(layer) + " is missing; restore it: git checkout -- .lock")
    if os.path.exists(UNFINISHED) or not os.path.exists(PYTHON) or base_is_gone():
        say("making .venv with Python %d.%d" % sys.version_info[:2])
        make_venv()
    before = [(installed(each), read(installed(each))) for each in LAYERS]
    write(UNFINISHED, b"")
    for each in LAYERS:
        remove(installed(each))
    try:
        install(layer)
    except Failed:
        restore([(path, lock) for path, lock in before if lock])
        raise
    write_path_file()
    for each in LAYERS[: LAYERS.index(layer) + 1]:
        write(installed(each), read(locked(each)))
    remove(UNFINISHED)
    say("ready in %.0f s" % (time.time() - started))


def restore(stamps):
    """pip left all as it was: what was ready before stays ready, as for a teacher without a network."""
    for path, lock in stamps:
        write(path, lock)
    if stamps:
        remove(UNFINISHED)


def make_venv():
    """A new .venv, with pip if this Python can give it one."""
    import shutil

    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        raise Failed("run tasks.py with another Python: the one in .venv has to be made again")
    if os.path.isdir(VENV):
        try:
            shutil.rmtree(VENV)
        except EnvironmentError as error:  # Windows deletes nothing that runs
            write(UNFINISHED, b"")
            raise Failed(IN_USE % error)
    os.makedirs(VENV)
    write(UNFINISHED, b"")
    plain = [sys.executable, "-m", "venv", "--without-pip", VENV]
    if not shutil.which("uv") and output([sys.executable, "-m", "venv", VENV])[0] == 0:
        return
    code, words = output(plain)
    if code:
        raise Failed("this Python has no venv (Debian: apt install python3-venv): " + last(words))


def install(layer):
    """Install what the lock of `layer` names, with uv if there is one, else with the nearest pip."""
    import shutil

    lock_file = locked(layer)
    count = sum(not line.startswith((b"#", b" ")) for line in read(lock_file).splitlines())
    say("installing .lock/%s.txt, %d packages (once)" % (layer, count))
    uv = shutil.which("uv")
    if uv:
        code, words = output([uv, "pip", "install", "--python", PYTHON, "--require-hashes", "-r", lock_file])
        if code == 0:
            return
        say("uv could not (%s); trying pip" % last(words))
    pip = nearest_pip()
    code, words = output(pip + ["install", "--require-hashes", "-r", lock_file], expected=count)
    if code:
        log = os.path.join(VENV, "install.log")
        write(log, words.encode("utf-8"))
        raise Failed("%s; the whole story is in %s" % (why(words), os.path.join(".venv", "install.log")))


def nearest_pip():
    """.venv's own pip, or this Python's: since 22.3 it can install for another."""
    if output([PYTHON, "-m", "pip", "--version"])[0] == 0:
        return [PYTHON, "-m", "pip"]
    outer = [sys.executable, "-m", "pip", "--python", PYTHON]
    if output(outer + ["--version"])[0] == 0:
        return outer
    raise Failed("no pip and no uv here (Debian: apt install python3-venv; or install uv)")


def write_path_file():
    """Put the checkout on .venv's path, relative to it, so that both may be moved."""
    import sysconfig

    packages = sysconfig.get_path("purelib", vars={"base": VENV, "platbase": VENV}, scheme="venv")
    write(os.path.join(packages, "temario.pth"), os.path.relpath(ROOT, packages).encode("utf-8") + b"\n")


def why(words):
    """pip's last words as one line that says what to do."""
    if "DO NOT MATCH THE HASHES" in words:
        return "a downloaded package is not the one that the lock names; try again, or on another network"
    if "WinError 5]" in words or "WinError 32]" in words:
        return IN_USE % last(words)
    if "Retrying (" in words or "ConnectionError" in words or "Could not fetch URL" in words:
        return "the package index cannot be reached: is there a network? is a proxy needed (HTTPS_PROXY)?"
    return "the packages could not be installed: " + last(words)


def last(words):
    """The last line that names an error, else the last line."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "fatal"))]
    return (errors or lines or ["no word of why"])[-1]


# The machine.


def hand_to_newer_python(arguments):
    """An old Python does nothing but look for a newer one."""
    import subprocess

    proof = "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)
    for minor in range(20, OLDEST[1] - 1, -1):
        python = ["py", "-3.%d" % minor] if os.name == "nt" else ["python3.%d" % minor]
        try:
            with open(os.devnull, "w") as nothing:
                code = subprocess.call(python + ["-c", proof], stdout=nothing, stderr=nothing)
        except (IOError, OSError):
            continue
        if code == 0:
            return call(python + [os.path.abspath(__file__)] + arguments)
    raise Failed(
        "Python %d.%d or newer is needed, this is %d.%d: install one, then run tasks.py with it"
        % (OLDEST + tuple(sys.version_info[:2]))
    )


def become(command):
    """Put `command` in the place of this process: signals and exit codes are its own."""
    if os.name == "nt":  # where exec returns to the prompt at once
        return call(command)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)


def call(command, cwd=None):
    """Run `command` on this terminal; return its exit code. Ctrl-C is for it; we wait until it has ended."""
    import subprocess

    sys.stdout.flush()
    running = subprocess.Popen(command, cwd=cwd)
    interrupted = False
    while True:
        try:
            code = running.wait()
            break
        except KeyboardInterrupt:
            interrupted = True
    if interrupted or code == 0xC000013A:  # STATUS_CONTROL_C_EXIT, Windows
        return INTERRUPTED
    return code if code >= 0 else 128 - code


def output(command, expected=0):
    """Run `command` in the checkout; return its code and words. Tell how many of `expected` packages came."""
    import subprocess

    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    environment["PIP_REQUIRE_VIRTUALENV"] = "0"
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)
    lines, seen = [], 0
    for raw in running.stdout:
        lines.append(raw.decode("utf-8", "replace"))
        seen += lines[-1].startswith("Collecting ")
        if expected and sys.stderr.isatty():
            sys.stderr.write("\r  %d of %d " % (min(seen, expected), expected))
            sys.stderr.flush()
    if expected and sys.stderr.isatty():
        sys.stderr.write("\r")
    return running.wait(), "".join(lines)


def say(words):
    print("temario: " + words, file=sys.stderr)
    sys.stderr.flush()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def run(arguments):
    """The whole program: end with the exit code of the job, or say in one line why there was none."""
    try:
        sys.exit(main(arguments))
    except Failed as failure:
        say(str(failure))
        sys.exit(MACHINE_FAILED)
    except EnvironmentError as error:
        say("the machine refused: %s" % error)
        sys.exit(MACHINE_FAILED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run(sys.argv[1:])
