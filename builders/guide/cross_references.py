"""What is noted while a guide is laid out: where places are, and who and what is spoken of where."""

from dataclasses import dataclass, field

from builders.typesetting.paragraph import Run


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents: level 0 for sections and chapters, 1 for what stands in a section."""

    title: str
    key: str
    level: int
    section: int | None = None


@dataclass(slots=True)
class LayoutRecord:
    """What is noted while pages are laid out, for the contents, the index and the references.

    `entries` are the contents' lines; `folios` the printed page numbers by place; `mentions` the pages that
    speak of a person or term, by id; `citations` from where each source is cited; `met` the ids that have had
    their note; `locators` the place in its source that a citing run names ('p. 45').
    """

    entries: list[ContentsEntry] = field(default_factory=list)
    folios: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[str]] = field(default_factory=dict)
    citations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    locators: dict[Run, str] = field(default_factory=dict)

    def add_entry(self, entry: ContentsEntry) -> None:
        """Add a line to the contents."""
        self.entries.append(entry)

    def record_place(self, key: str, folio: str) -> None:
        """Note the page of a place."""
        self.folios[key] = folio

    def record_first_mention(self, key: str) -> bool:
        """Note that a term, person or date is spoken of; return whether that is for the first time."""
        if key in self.met:
            return False
        self.met.add(key)
        return True

    def record_link(self, run: Run, folio: str) -> None:
        """Note that a run with a link stands on a page."""
        key = (run.link or "").removeprefix("#")
        found = self.mentions.setdefault(key, [])
        if not found or found[-1] != folio:
            found.append(folio)
        if (locator := self.locators.get(run)) is not None:
            self.citations.setdefault(key, []).append((locator, folio))
