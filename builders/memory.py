"""What was built from what: so that a build of an unchanged outline does nothing again.

Beside the outputs stands `.built.json`: for each job the hash of all that it depends on (the outline in its
language, pictures, options, the program and its libraries) and the hashes of the files that it made.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from builders import files
from builders.options import Artifact, Options

_NAME = ".built.json"
# What a builder does not read of an outline, so that a change of it leaves the builder's documents alone.
UNREAD = {
    "poster": {
        "outline": ("people", "terms"),
        "section": ("question", "summary", "goals", "notes", "blocks", "questions"),
    }
}
# The options that each builder does not read, for the same reason.
_OF_GUIDE = ("edition", "booklet")
_OF_DECK = ("ratio", "no_questions", "template")
_OF_POSTER = ("poster_size", "portrait", "bleed", "proof")
UNREAD_OPTIONS = {
    "guide": (*_OF_DECK, *_OF_POSTER),
    "deck": (*_OF_GUIDE, *_OF_POSTER, "paper", "grey"),
    "poster": (*_OF_GUIDE, *_OF_DECK, "section"),
}


@dataclass(frozen=True)
class Job:
    """One builder with one set of options."""

    builder: str
    options: Options


@dataclass(frozen=True, slots=True)
class Made:
    """An artifact and the seconds that it took; None where an earlier file still stands."""

    job: Job
    artifact: Artifact
    seconds: float | None


@dataclass(frozen=True)
class Memory:
    """The earlier builds in `folder`, and the outline that a new build starts from."""

    folder: Path
    values: Any = field(repr=False)
    languages: tuple[str, ...]
    earlier: Mapping[str, list[dict[str, Any]]] = field(repr=False)

    @classmethod
    def read(cls, folder: Path, values: Any, languages: tuple[str, ...]) -> "Memory":
        """Return what `folder` remembers; nothing, where it remembers nothing that can be read."""
        try:
            earlier = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            earlier = {}
        return cls(folder, values, languages, earlier if isinstance(earlier, dict) else {})

    def recall(self, job: Job) -> list[Made]:
        """Return what the job made earlier, if all it depends on is the same and the files still stand."""
        made = []
        try:
            for row in self.earlier.get(self.key(job), []):
                content = (self.folder / job.options.lang / row["name"]).read_bytes()
                if sha256(content).hexdigest() != row["sha256"]:
                    return []
                artifact = Artifact(row["name"], content, row["count"], row["unit"], tuple(row["warnings"]))
                made.append(Made(job, artifact, None))
        except (OSError, KeyError, TypeError):
            return []
        return made

    def write(self, made: Sequence[Made]) -> None:
        """Remember what has been made and written."""
        rows: dict[str, list[dict[str, Any]]] = {}
        for one in made:
            artifact = one.artifact
            rows.setdefault(self.key(one.job), []).append(
                {
                    "name": artifact.name,
                    "sha256": sha256(artifact.data).hexdigest(),
                    "count": artifact.count,
                    "unit": artifact.unit,
                    "warnings": list(artifact.warnings),
                }
            )
        kept = {**self.earlier, **rows}
        while len(kept) > 200:  # enough for every edition and paper of several languages
            kept.pop(next(iter(kept)))
        files.write_whole(self.folder / _NAME, json.dumps(kept, indent=1).encode())

    def key(self, job: Job) -> str:
        """Return the hash of all that a job depends on."""
        if job not in self._keys:
            parts = (
                job.builder,
                _options_read(job),
                self._text(job.options.lang, job.builder),
                self._pictures(job),
                _program(),
            )
            digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass"))
            self._keys[job] = digest.hexdigest()
        return self._keys[job]

    @cached_property
    def _keys(self) -> dict[Job, str]:
        return {}

    def _text(self, language: str, builder: str) -> str:
        if (language, builder) not in self._texts:
            digests = [*_digests(self.values, builder, language, self.languages)]
            self._texts[language, builder] = sha256(json.dumps(digests).encode()).hexdigest()
        return self._texts[language, builder]

    @cached_property
    def _texts(self) -> dict[tuple[str, str], str]:
        return {}

    def _pictures(self, job: Job) -> str:
        if "blocks" in UNREAD.get(job.builder, {}).get("section", ()):
            return str(files.stamp())
        found = []
        for file in _files(self.values):
            path = job.options.root / file
            found.append(sha256(path.read_bytes()).hexdigest() if path.is_file() else "")
        return ",".join([str(files.stamp()), *found])


def _options_read(job: Job) -> str:
    """Return the options that a job's builder reads, as a text that is the same for equal ones."""
    unread = UNREAD_OPTIONS.get(job.builder, ())
    names = [one.name for one in fields(job.options) if one.name not in unread]
    return repr([(name, getattr(job.options, name)) for name in names])


_MOST_KNOWN = 4096  # digests
_known: dict[tuple[Any, ...], tuple[Any, str]] = {}  # of values that one reading shares with the next


def _digests(values: Any, builder: str, language: str, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield a hash of each part of plain values that a builder reads, with the texts of one language."""
    unread = UNREAD.get(builder, {"outline": (), "section": ()})
    for name, value in values.items():
        if name == "sections":
            yield from (_digest(section, unread["section"], language, languages) for section in value)
        elif name not in unread["outline"]:
            yield f"{name} {_digest(value, (), language, languages)}"


def _digest(value: Any, unread: tuple[str, ...], language: str, languages: tuple[str, ...]) -> str:
    key = (id(value), unread, language, languages)
    if key not in _known or _known[key][0] is not value:
        read = {name: item for name, item in value.items() if name not in unread} if unread else value
        digest = sha256(json.dumps(_in(read, language, languages)).encode()).hexdigest()
        _known.pop(key, None)
        _known[key] = value, digest
        if len(_known) > _MOST_KNOWN:
            del _known[next(iter(_known))]
    return _known[key][1]


def _in(value: Any, language: str, languages: tuple[str, ...]) -> Any:
    """Return plain values with the texts of one language alone."""
    if isinstance(value, dict):
        if language in value and all(key in languages for key in value):
            return value[language]
        return {key: _in(item, language, languages) for key, item in value.items()}
    if isinstance(value, list):
        return [_in(item, language, languages) for item in value]
    return value


def _files(values: Any) -> list[str]:
    """Return the pictures that plain values name."""
    sections = values.get("sections", []) if isinstance(values, dict) else []
    return [
        block["image"]["file"]
        for section in sections
        for block in section.get("blocks", [])
        if "image" in block
    ]


@cache
def _program() -> str:
    """Return a hash of what tells the program's files, and its libraries' versions, from others."""
    folder = Path(__file__).parent
    digest = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    names = {found.name for place in sys.path for found in Path(place).glob("*.dist-info")}
    digest.update("\n".join(sorted(names)).encode())  # each names a library and its version
    return digest.hexdigest()
