"""What was built from what: so that a build of an unchanged outline does nothing again.

Beside the outputs stands `.built.json`: for each job the hash of all that it depends on (the outline in its
language, pictures, options, the program and its libraries), the outline's file, and the hashes of the files
that it made.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from builders.build.builder import Artifact, Options
from builders.core import files

RECORD_NAME = ".built.json"
_SAFE_NAME = re.compile(r"[\w -][\w .-]*")  # no path, no hidden file


@dataclass(frozen=True)
class Job:
    """What a process is given to do: a builder by name, and the options of one document in one language."""

    builder: str
    options: Options


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """An artifact and the seconds that it took; None where an earlier file still stands."""

    job: Job
    artifact: Artifact
    seconds: float | None


def read_record(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return by job what was written into a folder; what is no record, or leads out of it, is left out."""
    try:
        found = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        job: [row for row in rows if _is_row(row)] for job, rows in found.items() if isinstance(rows, list)
    }


def _is_row(row: Any) -> bool:
    """Whether a record's row names a file below its language's folder, and says all that is known of it."""
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(key), str) for key in ("name", "lang", "sha256", "unit"))
        and type(row.get("count")) is int
        and isinstance(row.get("outline", ""), str)
        and isinstance(row.get("warnings"), list)
        and all(isinstance(warning, str) for warning in row["warnings"])
        and all(_SAFE_NAME.fullmatch(row[key]) for key in ("name", "lang"))
    )


def list_written(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files below a folder that builds wrote: those as they were, and those changed since."""
    hashes: dict[Path, set[str]] = {}
    for rows in read_record(folder).values():
        for row in rows:
            hashes.setdefault(folder / row["lang"] / row["name"], set()).add(row["sha256"])
    there = {path: known for path, known in hashes.items() if path.is_file() and not path.is_symlink()}
    same = [path for path, known in there.items() if sha256(path.read_bytes()).hexdigest() in known]
    return same, [path for path in there if path not in same]


@dataclass(frozen=True)
class BuildMemory:
    """What is known of earlier builds in `folder`, and the outline that a new build starts from.

    `values` are the outline's plain values, `earlier` the rows of `.built.json` by the hash of their job.
    """

    folder: Path
    values: Any = field(repr=False)
    languages: tuple[str, ...]
    earlier: Mapping[str, list[dict[str, Any]]] = field(repr=False)

    @classmethod
    def read_folder(cls, folder: Path, values: Any, languages: tuple[str, ...]) -> "BuildMemory":
        """Return what `folder` remembers; nothing, where it remembers nothing that can be read."""
        return cls(folder, values, languages, read_record(folder))

    def recall_documents(self, job: Job) -> list[MadeDocument]:
        """Return what the job made earlier; nothing if what it depends on has changed, or a file of it."""
        made = []
        try:
            for row in self.earlier.get(self.hash_job(job), []):
                content = (self.folder / job.options.lang / row["name"]).read_bytes()
                if sha256(content).hexdigest() != row["sha256"]:
                    return []
                artifact = Artifact(row["name"], content, row["count"], row["unit"], tuple(row["warnings"]))
                made.append(MadeDocument(job, artifact, None))
        except (OSError, KeyError, TypeError):
            return []
        return made

    def write_hashes(self, made: Sequence[MadeDocument], outline: Path) -> None:
        """Write down what was made of an outline, beside that of earlier builds. Raises UnwritableFile."""
        rows: dict[str, list[dict[str, Any]]] = {}
        for one in made:
            artifact = one.artifact
            rows.setdefault(self.hash_job(one.job), []).append(
                {
                    "name": artifact.name,
                    "lang": one.job.options.lang,
                    "outline": str(outline.resolve()),
                    "sha256": sha256(artifact.data).hexdigest(),
                    "count": artifact.count,
                    "unit": artifact.unit,
                    "warnings": list(artifact.warnings),
                }
            )
        kept = {key: value for key, value in self.earlier.items() if key not in rows} | rows  # newest last
        while len(kept) > 200:  # enough for every edition and paper of several languages
            kept.pop(next(iter(kept)))
        files.write_file(self.folder / RECORD_NAME, json.dumps(kept, indent=1).encode())

    def find_other_outline(self, outline: Path) -> Path | None:
        """Return another outline, still there, that made one of the documents as it stands in the folder."""
        makers: dict[tuple[Path, str], str] = {}  # of each content of a file the last one
        for row in (row for rows in self.earlier.values() for row in rows):
            makers[self.folder / row["lang"] / row["name"], row["sha256"]] = row.get("outline", "")
        for (file, content_hash), maker in makers.items():
            other = Path(maker or outline)
            if other == outline.resolve() or not (other.is_file() and file.is_file()):
                continue
            if not other.samefile(outline) and sha256(file.read_bytes()).hexdigest() == content_hash:
                return other
        return None

    def has_written(self, path: Path) -> bool:
        """Whether the file at `path` holds what some earlier build wrote there."""
        content_hash = sha256(path.read_bytes()).hexdigest()
        rows = (row for rows in self.earlier.values() for row in rows)
        return any(row["name"] == path.name and row["sha256"] == content_hash for row in rows)

    def hash_job(self, job: Job) -> str:
        """Return the hash of all that a job depends on, as it stood at the first call for that job."""
        if job not in self._keys:
            text, pictures = self._texts[job.options.lang], _hash_pictures(job.options.root, self.values)
            parts = (
                job.builder,
                repr(job.options),
                text,
                pictures,
                str(files.read_document_time()),
                _hash_program(),
            )
            digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass"))
            self._keys[job] = digest.hexdigest()
        return self._keys[job]

    @cached_property
    def _keys(self) -> dict[Job, str]:
        return {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        """By language the outline's values with the texts of that one alone."""
        return {
            language: json.dumps(_take_language(self.values, language, self.languages))
            for language in self.languages
        }


def _take_language(value: Any, language: str, languages: tuple[str, ...]) -> Any:
    """Return plain values with the texts of one language alone."""
    if isinstance(value, dict):
        if language in value and all(key in languages for key in value):
            return value[language]
        return {key: _take_language(item, language, languages) for key, item in value.items()}
    if isinstance(value, list):
        return [_take_language(item, language, languages) for item in value]
    return value


def _hash_pictures(root: Path, values: Any) -> str:
    """Return the hashes of the pictures that plain values name."""
    blocks = [block for section in values.get("sections", []) for block in section.get("blocks", [])]
    paths = [root / block["image"]["file"] for block in blocks if "image" in block]
    return ",".join(sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in paths)


@cache
def _hash_program() -> str:
    """Return a hash of what tells the program's files, and its libraries' versions, from others."""
    folder = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    names = {found.name for place in sys.path for found in Path(place).glob("*.dist-info")}
    digest.update("\n".join(sorted(names)).encode())  # each names a library and its version
    return digest.hexdigest()
