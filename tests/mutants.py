"""Break modules on purpose, in many small ways, and tell which share of the breakages their tests catch.

`python3 tasks.py mutants [MODULE…]` runs this for developers; it takes minutes a module and is no part of CI.
mutmut makes and runs the mutants, in a copy of the checkout; mutants.toml says which tests concern a module.
Each mutant has a process of its own, in which nothing has been built before: what tests share would hide it.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache" / "mutants"
TESTS: dict[str, list[str]] = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
COPIED = ("builders", "tests", "outline", "pyproject.toml", "README.md", "tasks.py")
CAUGHT = {1: "a test failed", 3: "pytest broke", -9: "killed", -11: "crashed", -24: "too slow"}  # exit codes
NOT_CAUGHT = {0: "all tests passed", 5: "no tests", 33: "no tests"}
SETTINGS = """[mutmut]
source_paths=builders
only_mutate={module}
also_copy=
    {copied}
pytest_add_cli_args_test_selection=
    {tests}
process_isolation=forkserver
timeout_constant=20
"""


def main(arguments: list[str]) -> int:
    """Mutate the modules that are named, or all of the table; return 0, or 2 if one is not in it."""
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument(
        "module", nargs="*", metavar="MODULE", help="as in tests/mutants.toml (default: each)"
    )
    parser.add_argument("--jobs", type=int, default=1, help="mutants at a time (default: 1)")
    options = parser.parse_args(arguments)
    if unknown := [module for module in options.module if module not in TESTS]:
        print(f"tests/mutants.toml has no {unknown[0]}; it has {', '.join(TESTS)}", file=sys.stderr)
        return 2
    print(f"{'module':34}{'mutants':>8}{'caught':>8}{'share':>8}  those that were not")
    for module in options.module or TESTS:
        print(run_mutants(module, options.jobs), flush=True)
    return 0


def run_mutants(module: str, jobs: int) -> str:
    """Return the row of the closing table for a module, all of whose mutants have been run."""
    folder = FOLDER / module.removesuffix(".py").replace("/", ".")
    copy_checkout(folder, module)
    command = [sys.executable, "-m", "mutmut"]
    with (folder / "mutmut.log").open("w", encoding="utf-8") as log:
        run = [*command, "run", "--max-children", str(jobs)]
        code = subprocess.run(run, cwd=folder, stdout=log, stderr=log, check=False).returncode
    verdicts = read_verdicts(folder)
    if code or not verdicts or not {*verdicts.values()} <= CAUGHT.keys() | NOT_CAUGHT.keys():
        return f"{module:34} did not run: see {folder.relative_to(ROOT)}/mutmut.log"
    missed = [name for name, verdict in verdicts.items() if verdict in NOT_CAUGHT]
    survivors = folder / "survivors.diff"
    with survivors.open("w", encoding="utf-8") as file:
        for name in missed:
            shown = subprocess.run([*command, "show", name], cwd=folder, capture_output=True, check=False)
            file.write(shown.stdout.decode("utf-8", "replace"))
    caught = len(verdicts) - len(missed)
    share = f"{caught / len(verdicts):.0%}"
    return f"{module:34}{len(verdicts):>8}{caught:>8}{share:>8}  {survivors.relative_to(ROOT)}"


def copy_checkout(folder: Path, module: str) -> None:
    """Put a copy of the checkout into `folder`, with mutmut's settings for a module."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    lines = "\n    "
    settings = SETTINGS.format(
        module=module if module.endswith(".py") else f"{module}/*",
        copied=lines.join(COPIED),
        tests=lines.join(TESTS[module]),
    )
    (folder / "setup.cfg").write_text(settings, encoding="utf-8")


def read_verdicts(folder: Path) -> dict[str, int]:
    """Return the exit code of the tests on each mutant, by its name. mutmut's own words hide failed runs."""
    found: dict[str, int] = {}
    for file in sorted((folder / "mutants").rglob("*.meta")):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
