"""The preview's workshop: follows the outline, checks it at each save, makes the documents looked at."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from builders import live, naming, theme
from builders.commands.context import printable
from builders.faults import Fault, OutlineFaults
from builders.files import UnwritableFile
from builders.glyphs import missing_glyphs
from builders.images import FORMATS
from builders.load import Loaded, load
from builders.memory import Job, Memory
from builders.options import Options
from builders.preview.documents import KINDS, Document, make

Wanted = tuple[str, str]  # document, language


@dataclass(frozen=True, slots=True)
class Shown:
    """A document and the key of what it was made from; `busy` while a newer one is being made."""

    document: Document
    key: str
    busy: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that the page shows, as one value: it is replaced, never changed."""

    version: int = 0
    title: str = ""
    languages: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    places: tuple[str, ...] = ()  # of the faults, in words
    shown: dict[Wanted, Shown] = field(default_factory=dict)
    busy: bool = True


class Workshop:
    """Follows one outline in a thread of its own; `state` is always the latest."""

    def __init__(self, path: Path, options: Options, theme_file: Path | None = None) -> None:
        self.path, self.state = path, State()
        self._options, self._theme_file = options, theme_file
        self._workers = live.Workers()
        self._wanted: list[Wanted] = []
        self._loaded: Loaded | None = None
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._asked = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def start(self) -> None:
        """Begin to follow the outline."""
        self._thread.start()

    def close(self) -> None:
        """End the thread and the workers."""
        self._ended.set()
        self._asked.set()
        self._workers.close()
        with self._changed:
            self._changed.notify_all()

    def want(self, document: str, language: str) -> None:
        """Have a document made, and made again at each change, since someone looks at it."""
        wanted = (document, language)
        if self._wanted[-1:] != [wanted]:
            self._wanted = [*(one for one in self._wanted if one != wanted), wanted][-len(KINDS) :]
            self._asked.set()

    def wait(self, version: int, seconds: float) -> State:
        """Return the state once it is newer than `version`, or as it is after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.state.version != version or self._ended.is_set(), seconds)
        return self.state

    def _publish(self, change: Callable[[State], State]) -> None:
        with self._changed:
            self.state = replace(change(self.state), version=self.state.version + 1)
            self._changed.notify_all()

    def _follow(self) -> None:
        before: live.Stamp | None = None
        while not self._ended.is_set():
            now = live.stamp(self._files())
            if now != before:
                before = now
                if self._ended.wait(live.POLL / 2) or live.stamp(self._files()) != now:
                    before = None  # the editor is still writing
                    continue
                self._read()
                self._make()
            elif self._asked.is_set():
                self._asked.clear()
                self._make()
            self._asked.wait(live.POLL)

    def _files(self) -> list[Path]:
        pictures = (file for file in self.path.parent.rglob("*") if file.suffix.lower() in FORMATS)
        return [self.path, *([self._theme_file] if self._theme_file else []), *sorted(pictures)]

    def _read(self) -> None:
        """Check the outline and publish what was found; a faulty one leaves the documents as they are."""
        try:
            if self._theme_file:
                self._options = replace(self._options, theme=theme.load(self._theme_file))
            loaded = load(self.path)
            faults = loaded.source.placed([*loaded.warnings, *missing_glyphs(loaded.outline)])
        except OutlineFaults as error:
            faults = list(error.faults)
            self._tell(faults)
            return
        self._loaded = loaded
        self._tell(faults)

    def _tell(self, faults: list[Fault]) -> None:
        values = self._loaded.source.values if self._loaded else None
        places = tuple(naming.place(values, fault.path) for fault in faults)
        outline = self._loaded.outline if self._loaded else None
        title = next(iter(outline.title.values())) if outline else self.path.name
        languages = outline.languages if outline else ()
        broken = any(fault.severity == "error" for fault in faults)
        self._publish(
            lambda state: replace(
                state,
                title=title,
                languages=languages,
                faults=tuple(faults),
                places=places,
                busy=not broken,
            )
        )

    def _make(self) -> None:
        """Make what is looked at and is not as the outline says: the latest looked at first."""
        loaded = self._loaded
        if loaded is None or any(fault.severity == "error" for fault in self.state.faults):
            return
        memory = Memory(Path(), loaded.source.values, loaded.outline.languages, {})
        todo = []
        for name, language in reversed(self._wanted):
            if language in loaded.outline.languages:
                job = Job(name, replace(self._options, lang=language))
                key = memory.key(job)
                shown = self.state.shown.get((name, language))
                if shown is None or shown.key != key:
                    todo.append(((name, language), key, self._workers.submit(make, loaded.outline, job)))
        if todo:
            self._publish(lambda state: replace(state, busy=True))
        for wanted, key, result in todo:
            try:
                made = Shown(result.get(), key)
            except OutlineFaults as error:
                self._tell([*self.state.faults, *loaded.source.placed(error.faults)])
                continue
            except Exception as error:
                what = str(error) if isinstance(error, UnwritableFile) else f"{type(error).__name__}: {error}"
                self._tell([*self.state.faults, Fault(f"the {wanted[0]} failed ({what})")])
                continue
            self._publish(lambda s, w=wanted, m=made: replace(s, shown={**s.shown, w: m}))  # type: ignore[misc]
        self._publish(lambda state: replace(state, busy=False))


def told(state: State, document: str, language: str) -> dict[str, object]:
    """Return what the page needs to know to show one document, as values for JSON."""
    shown = state.shown.get((document, language))
    return {
        "version": state.version,
        "title": printable(state.title),
        "languages": list(state.languages),
        "busy": state.busy,
        "faults": [
            {
                "severity": fault.severity,
                "line": fault.line,
                "column": fault.column,
                "place": printable(place),
                "message": printable(fault.message),
                "advice": printable(fault.advice),
            }
            for fault, place in zip(state.faults, state.places, strict=True)
        ],
        "digest": shown.document.digest if shown else None,
        "warnings": list(shown.document.warnings) if shown else [],
        "leaves": [
            {"key": leaf.key, "width": leaf.width, "height": leaf.height, "words": leaf.words}
            for leaf in (shown.document.leaves if shown else ())
        ],
    }
