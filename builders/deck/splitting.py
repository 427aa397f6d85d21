"""Where text may be cut: between sentences, at any character, or with an ellipsis; and where it may not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.deck.model import SlideParagraph, SlideRun

_SENTENCE_END = re.compile(r"[.!?…]+[»”\"'’)\]]*\s+(?=[¿¡«“\"'‘(\[—–]*[^\W\d_a-z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(«“])(?:\w|\w\w|\w\.\w|\w{1,4}\.\w{1,3})\.\s+$")
_ABBREVIATION_WORDS = re.compile(
    r"(?:^|[\s(«“])(?:Sres?|Sras?|Dres?|Dras?|Mrs|Mss?|núm|vol|págs?|cap|art|etc|trad)\.\s+$"
)

ELLIPSIS = "…"  # a run of its own where a text is cut
LONGEST_TIE = 28  # characters: half a line of a slide's body
NARROW_TIE = 15  # characters: it fits the narrowest column


def tie_last_words(runs: Sequence[SlideRun], longest: int = NARROW_TIE) -> tuple[SlideRun, ...]:
    """Return runs whose last two words stand on one line in any program, if they have but `longest`
    characters."""
    text = "".join(run.text for run in runs)
    at = text.rfind(" ")
    if at < 0 or len(text) - text.rfind(" ", 0, at) - 1 > longest:
        return tuple(runs)
    out: list[SlideRun] = []
    for run in runs:
        here = 0 <= at < len(run.text)
        out.append(replace(run, text=f"{run.text[:at]}\u00a0{run.text[at + 1 :]}") if here else run)
        at -= len(run.text)
    return tuple(out)


def shorten_paragraph(paragraph: SlideParagraph, end: int) -> SlideParagraph:
    """Return a paragraph's first `end` characters, less its last word, and an ellipsis."""
    head = paragraph.text[:end].rstrip()
    cut = head.rfind(" ")
    runs = tuple(slice_runs(paragraph.runs, 0, cut if cut > end // 2 else max(1, end - 2)))
    return replace(paragraph, runs=(*runs, SlideRun(ELLIPSIS))) if runs else paragraph


def split_sentences(paragraph: SlideParagraph) -> list[SlideParagraph]:
    """Return the sentences of a paragraph, each a paragraph; abbreviations end none."""
    cuts = [
        match.end()
        for match in _SENTENCE_END.finditer(paragraph.text)
        if not _is_abbreviation(paragraph.text, match.end())
    ]
    return cut_paragraph(paragraph, cuts)


def cut_paragraph(paragraph: SlideParagraph, cuts: Sequence[int]) -> list[SlideParagraph]:
    """Cut a paragraph before the characters `cuts`; later parts keep the indent and drop the bullet."""
    out: list[SlideParagraph] = []
    for start, end in zip([0, *cuts], [*cuts, len(paragraph.text)], strict=True):
        runs = tuple(slice_runs(paragraph.runs, start, end))
        if not runs:
            continue
        mark = "hang" if out and paragraph.bullet else paragraph.bullet
        out.append(
            replace(paragraph, runs=runs, bullet=mark, keep=False, carried=bool(out) or paragraph.carried)
        )
    if out:
        out[-1] = replace(out[-1], keep=paragraph.keep)
    return out or [paragraph]


def find_cuts_between_lines(text: str, starts: Sequence[int], most: int) -> list[int]:
    """Return where a text is cut so that no part has more than `most` of the lines that begin at `starts`.

    Parts are even; a cut within a word moves back to a line that begins with one, if the part has such.
    """
    parts = -(-len(starts) // most)
    even = -(-len(starts) // parts)
    cuts: list[int] = []
    first, next_ = 0, even
    while next_ < len(starts):
        line = next_
        while line > first and not text[starts[line] - 1].isspace():
            line -= 1
        first = line if line > first else next_
        cuts.append(starts[first])
        next_ = first + even
    return cuts


def join_paragraphs(paragraphs: Sequence[SlideParagraph]) -> SlideParagraph:
    """Set paragraphs as one, with a space between."""
    runs = [run for p in paragraphs for run in (*p.runs, SlideRun(" "))][:-1]
    return replace(paragraphs[0], runs=tuple(runs))


def _is_abbreviation(text: str, end: int) -> bool:
    head = text[max(0, end - 12) : end]
    return bool(_ABBREVIATION.search(head) or _ABBREVIATION_WORDS.search(head))


def slice_runs(runs: Sequence[SlideRun], start: int, end: int) -> Iterator[SlideRun]:
    """Return the runs between two characters, without the spaces at the end."""
    pieces, at = [], 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            pieces.append(run if text == run.text else replace(run, text=text))
    while pieces and not pieces[-1].text.rstrip():
        pieces.pop()
    if pieces and pieces[-1].text[-1].isspace():
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    if pieces and pieces[0].text[0].isspace():
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
    yield from pieces
