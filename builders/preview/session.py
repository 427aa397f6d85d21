"""The preview's workshop: follows the outline, checks it at each save, makes the documents looked at."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from builders.build import file_watch
from builders.build.build_record import BuildMemory, Job
from builders.build.builder import Options
from builders.build.jobs import WorkerPool, wait_for_result
from builders.build.registry import BUILDERS
from builders.core import item_names
from builders.core.diagnostics import Fault, OutlineFaults, make_printable
from builders.outline.checks.printing import find_missing_glyphs
from builders.outline.load import LoadedOutline, load_outline
from builders.preview.documents import PreviewDocument, make_document
from builders.theme import theme

POLL_SECONDS = 0.02  # seconds between two looks whether a document is made
MOST_HELD = 4  # questions for news that are held open: a browser has six connections for all its windows
Wanted = tuple[str, str]  # document, language


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document and the key of what it was made from."""

    document: PreviewDocument
    key: str


@dataclass(frozen=True, slots=True)
class PreviewState:
    """All that the page shows, as one value: it is replaced, never changed."""

    version: int = 0
    title: str = ""
    languages: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    places: tuple[str, ...] = ()  # of the faults, in words
    shown: dict[Wanted, ShownDocument] = field(default_factory=dict)
    busy: bool = True


class PreviewSession:
    """Follows one outline in a thread of its own; `state` is always the latest."""

    def __init__(self, path: Path, options: Mapping[str, Options], theme_file: Path | None = None) -> None:
        """Take the outline's file, the options of each builder, and the file of a theme."""
        self.path, self.state = path, PreviewState()
        self._options, self._theme_file = dict(options), theme_file
        self._pool = WorkerPool(kept=True)
        self._wanted: list[Wanted] = []
        self._loaded: LoadedOutline | None = None
        self._found: list[Fault] = []  # in the outline
        self._failed: dict[Wanted, tuple[str, list[Fault]]] = {}  # documents that could not be made
        self._lock = threading.Lock()  # of the next, and of `state` as it is replaced
        self._waiting: list[Callable[[], None]] = []  # each to be called when there is news
        self._ended = threading.Event()
        self._saved = threading.Event()
        self._stirred = threading.Event()  # by a save, or by someone who looks at another document
        self._threads = [
            threading.Thread(target=run, daemon=True) for run in (self._watch_saves, self._follow_saves)
        ]

    def start(self) -> None:
        """Begin to follow the outline."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the threads and the pool."""
        self.release_waiting()
        self._stirred.set()
        self._pool.close()

    def release_waiting(self) -> None:
        """Let those who wait for news go, with the state as it is: there will be no more."""
        self._ended.set()
        with self._lock:
            self._wake_waiting()

    def _wake_waiting(self) -> None:
        for wake in self._waiting:
            wake()

    def request_document(self, document: str, language: str) -> None:
        """Have a document made, and made again at each change, since someone looks at it."""
        wanted = (document, language)
        if self._wanted[-1:] != [wanted]:
            self._wanted = [*(one for one in self._wanted if one != wanted), wanted][-len(BUILDERS) :]
            self._stirred.set()

    async def wait_for_state(self, version: int, seconds: float) -> PreviewState:
        """Return the state once it is newer than `version`, or as it is after `seconds`.

        It waits in its event loop, without a thread. Where MOST_HELD wait already, it returns at once.
        """
        news, loop = asyncio.Event(), asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        with self._lock:
            old = self.state.version == version and not self._ended.is_set()
            if not old or len(self._waiting) >= MOST_HELD:
                return self.state
            self._waiting.append(wake)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), seconds)
        finally:
            with self._lock:
                self._waiting.remove(wake)
        return self.state

    def _publish_state(self, change: Callable[[PreviewState], PreviewState]) -> None:
        with self._lock:
            self.state = replace(change(self.state), version=self.state.version + 1)
            self._wake_waiting()

    def _follow_saves(self) -> None:
        while self._stirred.wait() and not self._ended.is_set():
            self._stirred.clear()
            if self._saved.is_set():
                self._saved.clear()
                self._read_outline()
            self._make_documents()

    def _watch_saves(self) -> None:
        others = [self._theme_file] if self._theme_file else []
        for _ in file_watch.watch_saves([self.path], others, self._ended):
            self._saved.set()
            self._stirred.set()

    def _read_outline(self) -> None:
        """Check the outline and publish what was found; a faulty one leaves the documents as they are."""
        try:
            if self._theme_file:
                look = theme.load_theme(self._theme_file)
                self._options = {name: replace(one, theme=look) for name, one in self._options.items()}
            loaded = load_outline(self.path)
            faults = loaded.source.place_faults([*loaded.warnings, *find_missing_glyphs(loaded.outline)])
        except OutlineFaults as error:
            self._found = list(error.faults)
            self._publish_faults()
            return
        self._loaded, self._found = loaded, faults
        self._publish_faults()

    def _publish_faults(self) -> None:
        """Publish the faults of the outline and those of the documents made from it."""
        failed = [fault for _, faults in self._failed.values() for fault in faults]
        faults = list(dict.fromkeys([*self._found, *failed]))
        values = self._loaded.source.values if self._loaded else None
        places = tuple(item_names.name_place(values, fault.path) for fault in faults)
        outline = self._loaded.outline if self._loaded else None
        title = next(iter(outline.title.values())) if outline else self.path.name
        languages = outline.languages if outline else ()
        self._publish_state(
            lambda state: replace(
                state,
                title=title,
                languages=languages,
                faults=tuple(faults),
                places=places,
            )
        )

    def _make_documents(self) -> None:
        """Make what is looked at and is not as the outline says, until the next save."""
        todo = self._submit_wanted()
        if self.state.busy != bool(todo):
            self._publish_state(lambda state: replace(state, busy=bool(todo)))
        for wanted, key, result in todo:
            while not result.done():
                if self._ended.wait(POLL_SECONDS) or self._saved.is_set():
                    for _, _, later in todo:
                        later.cancel()
                    return
            try:
                made = ShownDocument(wait_for_result(result), key)
            except OutlineFaults as error:
                self._failed[wanted] = key, self._place_faults(error.faults)
            except Exception as error:  # a builder's own fault: the next save may go round it
                words = f"the {wanted[0]} failed ({type(error).__name__}: {error})"
                self._failed[wanted] = key, [Fault(words)]
            else:
                self._failed.pop(wanted, None)
                self._show_document(wanted, made)
            self._publish_faults()
        if todo:
            self._publish_state(lambda state: replace(state, busy=False))

    def _submit_wanted(self) -> list[tuple[Wanted, str, "Future[PreviewDocument]"]]:
        """Start to make what is looked at, the latest first; what failed once is not tried again."""
        loaded = self._loaded
        if loaded is None or any(fault.severity == "error" for fault in self._found):
            return []
        memory = BuildMemory(Path(), loaded.source.values, loaded.outline.languages, {})
        todo = []
        for wanted in reversed(self._wanted):
            name, language = wanted
            if language not in loaded.outline.languages:
                continue
            job = Job(name, replace(self._options[name], lang=language))
            key = memory.hash_job(job)
            shown = self.state.shown.get(wanted)
            if self._failed.get(wanted, ("", []))[0] != key and (shown is None or shown.key != key):
                todo.append((wanted, key, self._pool.submit(make_document, loaded.outline, job)))
        return todo

    def _place_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        return self._loaded.source.place_faults(faults) if self._loaded else list(faults)

    def _show_document(self, wanted: Wanted, made: ShownDocument) -> None:
        self._publish_state(lambda state: replace(state, shown={**state.shown, wanted: made}))


def make_page_values(state: PreviewState, document: str, language: str) -> dict[str, object]:
    """Return what the page needs to know to show one document, as values for JSON."""
    shown = state.shown.get((document, language))
    return {
        "version": state.version,
        "title": make_printable(state.title),
        "languages": list(state.languages),
        "busy": state.busy,
        "faults": [
            {
                "severity": fault.severity,
                "line": fault.line,
                "column": fault.column,
                "place": make_printable(place),
                "message": make_printable(fault.message),
                "advice": make_printable(fault.advice),
            }
            for fault, place in zip(state.faults, state.places, strict=True)
        ],
        "digest": shown.document.digest if shown else None,
        "warnings": list(shown.document.warnings) if shown else [],
        "leaves": [
            {"key": key, "width": leaf.width, "height": leaf.height, "words": leaf.words}
            for leaf, key in (zip(shown.document.leaves, shown.document.keys, strict=True) if shown else ())
        ],
    }
