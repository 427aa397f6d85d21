"""What independent validators say of finished PDFs: veraPDF, the industry's reference, and page-validation.

Flavours have veraPDF's names: `ua1` is PDF/UA-1 (ISO 14289-1), `2a` and `2b` are levels of PDF/A-2
(ISO 19005-2).
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

# The released jar holds all that it needs; its version and hash are our pin of it.
VERAPDF = "1.28.2"
JAR = f"greenfield-apps-{VERAPDF}.jar"
JAR_SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"


class NoValidator(Exception):
    """A validator cannot run on this machine; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a file breaks: its clause, what it demands, and how often it is broken."""

    clause: str
    demand: str
    times: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one checker says of one file in one flavour; the file conforms where no rule is broken."""

    checker: str
    file: Path
    flavour: str
    broken: tuple[Broken, ...]


def verapdf(files: Sequence[Path], flavour: str, folder: Path) -> tuple[Verdict, ...]:
    """Return veraPDF's verdicts on `files`, in their order; a file that it cannot read breaks one rule.

    veraPDF is kept in `folder`, and fetched into it by Maven the first time. Raises NoValidator.
    """
    java = shutil.which("java")
    if java is None:
        raise NoValidator(
            "veraPDF needs Java: install a Java runtime (Debian: apt install default-jre-headless)"
        )
    jar = _jar(folder)
    with tempfile.TemporaryDirectory() as name:
        # Java finds no file whose name its locale cannot write, so it gets names that every locale can.
        copies = [Path(shutil.copy(file, Path(name) / f"{i}.pdf")) for i, file in enumerate(files)]
        command = [java, "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", f"-Dapp.home={folder}"]
        command += ["-cp", str(jar), "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", flavour]
        command += ["--format", "json", "--maxfailuresdisplayed", "1", "--loglevel", "0"]
        done = subprocess.run([*command, *map(str, copies)], capture_output=True, check=False)
    try:
        jobs = json.loads(done.stdout)["report"]["jobs"]
        found = {int(Path(job["itemDetails"]["name"]).stem): _broken(job) for job in jobs}
        return tuple(Verdict("veraPDF", file, flavour, found[i]) for i, file in enumerate(files))
    except (ValueError, KeyError) as error:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines() or [
            f"exit code {done.returncode}"
        ]
        raise NoValidator(f"veraPDF gave no report: {words[-1]}") from error


def second_opinion(files: Sequence[Path], flavour: str) -> tuple[Verdict, ...]:
    """Return the verdicts of page-validation, a checker of other authors. Raises NoValidator."""
    try:
        import page
    except ImportError as error:
        raise NoValidator("page-validation is missing; run this as `python3 tasks.py a11y`") from error
    verdicts = []
    for file in files:
        try:
            failures = conformance_failures(file.read_bytes(), flavour)
        except page.PageError as error:
            broken: tuple[Broken, ...] = (Broken("unreadable", str(error), 1),)
        else:
            times = Counter(failure.rule_id for failure in failures)
            demands = {failure.rule_id: failure.message for failure in reversed(failures)}
            broken = tuple(Broken(rule, demands[rule], times[rule]) for rule in sorted(times))
        verdicts.append(Verdict("page-validation", file, flavour, broken))
    return tuple(verdicts)


def conformance_failures(content: bytes, flavour: str) -> list[Any]:
    """Return what page-validation finds wrong with a file's bytes, each with a `rule_id` and a `message`.

    One alarm is left out, where qpdf shows that it is false: page-validation takes a stream whose bytes end
    with a carriage return, as one in 256 does, with the line feed before `endstream` for one byte too many.
    """
    import page

    failures = list(page.validate_pdf_bytes(content, profile=flavour).failures)
    if any("STREAM-LENGTH" in failure.rule_id for failure in failures) and _are_lengths_right(content):
        return [failure for failure in failures if "STREAM-LENGTH" not in failure.rule_id]
    return failures


def _are_lengths_right(content: bytes) -> bool:
    """Return whether qpdf finds the end of every stream where its /Length says."""
    import pikepdf

    if b"\r\nendstream" not in content:
        return False
    with pikepdf.open(BytesIO(content)) as pdf:
        return not pdf.check_pdf_syntax()


def _broken(job: dict[str, Any]) -> tuple[Broken, ...]:
    """Return the broken rules of one file in veraPDF's report."""
    if "validationResult" not in job:
        return (Broken("unreadable", job.get("taskException", {}).get("exceptionMessage", "no result"), 1),)
    broken = [
        Broken(
            f"{rule['specification']}, {rule['clause']}, test {rule['testNumber']}",
            rule["description"],
            rule["failedChecks"],
        )
        for result in job["validationResult"]
        for rule in result["details"]["ruleSummaries"]
        if rule["ruleStatus"] == "FAILED"
    ]
    return tuple(sorted(broken, key=lambda rule: rule.clause))  # veraPDF's order changes from run to run


def _jar(folder: Path) -> Path:
    """Return veraPDF's jar in `folder`, fetched if it is not there. Raises NoValidator."""
    jar = folder / JAR
    if not jar.is_file():
        _fetch(jar)
    if hashlib.sha256(jar.read_bytes()).hexdigest() != JAR_SHA256:
        raise NoValidator(f"{jar} is not veraPDF {VERAPDF} as it was released; delete it and try again")
    return jar


def _fetch(jar: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoValidator("Maven fetches veraPDF: install it (Debian: apt install maven)")
    jar.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.parent) as name:
        command = [
            maven,
            "--batch-mode",
            "--quiet",
            "-Dstyle.color=never",
            COPY,
            f"-Dmaven.repo.local={name}/repository",
        ]
        command += [f"-Dartifact=org.verapdf.apps:greenfield-apps:{VERAPDF}", f"-DoutputDirectory={name}"]
        done = subprocess.run(command, cwd=name, capture_output=True, check=False)
        if done.returncode or not (Path(name) / JAR).is_file():
            words = done.stdout.decode("utf-8", "replace").splitlines()
            why = next((line for line in words if "ERROR" in line), "no word of why")
            raise NoValidator(f"veraPDF could not be fetched: {why}")
        (Path(name) / JAR).replace(jar)
