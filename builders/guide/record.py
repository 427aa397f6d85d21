"""What the parts of a guide tell each other: where places are, and who and what is spoken of where."""

from dataclasses import dataclass, field

from builders.text.paragraph import Run


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: level 0 for sections and chapters, 1 for what stands in a section."""

    title: str
    key: str
    level: int
    section: int | None = None


@dataclass(slots=True)
class Told:
    """What one part of the guide tells the others, in the order in which it is set."""

    pages: int = 0
    entries: list[Entry] = field(default_factory=list)
    folios: dict[str, str] = field(default_factory=dict)  # of places
    mentions: list[tuple[str, str, str | None]] = field(default_factory=list)  # key, folio, locator
    met: list[str] = field(default_factory=list)  # terms, people and dates with a note
    cited: set[str] = field(default_factory=set)  # sources


@dataclass(slots=True)
class Record:
    """What all parts so far have told; `part` is the one that is being set."""

    pages: int = 0
    entries: list[Entry] = field(default_factory=list)
    folios: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[str]] = field(default_factory=dict)
    citations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    locators: dict[Run, str] = field(default_factory=dict)
    part: Told = field(default_factory=Told)

    def begin(self) -> None:
        """Begin a part."""
        self.part = Told()

    def end(self, pages: int, cited: set[str]) -> None:
        """End a part that has so many pages and cites these sources."""
        self.part.pages, self.part.cited = pages, cited
        self.pages += pages
        self.cited |= cited

    def repeat(self, told: Told) -> None:
        """Take over what a part told when it was set before."""
        self.pages += told.pages
        self.entries += told.entries
        self.folios |= told.folios
        self.met.update(told.met)
        self.cited |= told.cited
        for mention in told.mentions:
            self._mention(*mention)

    def enter(self, entry: Entry) -> None:
        """Add a line to the contents."""
        self.entries.append(entry)
        self.part.entries.append(entry)

    def place(self, key: str, folio: str) -> None:
        """Note the page of a place."""
        self.folios[key] = self.part.folios[key] = folio

    def meet(self, key: str) -> bool:
        """Note that a term, person or date is spoken of; return whether that is for the first time."""
        if key in self.met:
            return False
        self.met.add(key)
        self.part.met.append(key)
        return True

    def note(self, run: Run, folio: str) -> None:
        """Note that a run with a link stands on a page."""
        mention = ((run.link or "").removeprefix("#"), folio, self.locators.get(run))
        self.part.mentions.append(mention)
        self._mention(*mention)

    def _mention(self, key: str, folio: str, locator: str | None) -> None:
        found = self.mentions.setdefault(key, [])
        if not found or found[-1] != folio:
            found.append(folio)
        if locator is not None:
            self.citations.setdefault(key, []).append((locator, folio))
