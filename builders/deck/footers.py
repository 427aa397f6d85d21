"""What every slide gets at the end: a title of its own, its tab, its place on the ruler, its footer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builders.deck import ruler
from builders.deck.content import DeckContent
from builders.deck.geometry import INCH
from builders.deck.line_breaking import find_missing_characters, measure_natural_width
from builders.deck.model import (
    ShapeGroup,
    Slide,
    SlideFrame,
    SlideParagraph,
    SlideRun,
    SlideShape,
    SlideTable,
    TextBox,
)
from builders.deck.splitting import ELLIPSIS
from builders.deck.text_slides import make_title_box

TAB_SIDE = 0.42 * INCH  # the square that hangs from a slide's top
FOOTER_GAP = 18.0  # pt between the course's name and the section's


def number_repeated_titles(own: DeckContent, made: Sequence[Slide]) -> list[Slide]:
    """Return the slides with titles that occur once: a repeated one is numbered, for screen readers."""
    seen: Counter[str] = Counter()
    out = []
    for slide in made:
        name = slide.name
        seen[name] += 1
        if seen[name] > 1:
            number = f"({seen[name]})"
            seen[f"{name} {number}"] += 1
            (paragraph,) = slide.title.paragraphs
            title, _ = make_title_box(own.page.layouts[slide.layout], paragraph.runs, number)
            out.append(replace(slide, title=title))
        else:
            out.append(slide)
    return out


def add_tab_ruler_and_footer(own: DeckContent, slide: Slide) -> Slide:
    """Return a slide with its tab, its place on the ruler, and its footer."""
    items = list(slide.items)
    if not own.page.own:
        return replace(slide, footer=_write_footer(own, slide.section)[-1:])
    if slide.section is not None and slide.layout != "section":
        tab = SlideShape(
            SlideFrame(own.page.left, 0, TAB_SIDE, TAB_SIDE),
            fill="hue",
            text=str(slide.section + 1),
            name="Tab",
        )
        items.append(tab)
    elif slide.layout not in ("front", "section"):
        items.append(SlideShape(SlideFrame(own.page.left, 0, TAB_SIDE, TAB_SIDE), fill="red", name="Tab"))
    if slide.section is not None:
        items.append(ruler.draw_section_mark(own, slide.section, slide.layout == "section"))
    return replace(slide, items=tuple(items), footer=_write_footer(own, slide.section))


def _write_footer(own: DeckContent, index: int | None) -> tuple[str, ...]:
    """Return the footer's parts, the course and the section, as much of them as stands on one line."""
    name = own.write_plain_text(own.outline.title)
    width = own.page.full - 60
    if index is None:
        return (_shorten_footer(name, width, own),)
    section = own.outline.sections[index]
    here = f"{index + 1}. {own.write_plain_text(section.title)}"
    for text in (f"{here}, {own.write_period(section.period)}", here):
        if (
            _measure_footer(text, own) / 2 + _measure_footer(name, own) + FOOTER_GAP <= own.page.full / 2
            and _measure_footer(text, own) < width
        ):
            return name, text
    return (_shorten_footer(here, width, own),)


def _measure_footer(text: str, own: DeckContent) -> float:
    return measure_natural_width(SlideParagraph((SlideRun(text),)), own.page.look.footer)


def _shorten_footer(text: str, width: float, own: DeckContent) -> str:
    """Return a text cut at a space, with an ellipsis, if it is wider than `width` points."""
    while _measure_footer(text, own) > width:
        text = text.rsplit(" ", 1)[0].rstrip("…") + "…" if " " in text else text[: len(text) * 2 // 3] + "…"
    return text


def list_warnings(own: DeckContent, made: Sequence[Slide]) -> tuple[str, ...]:
    """Return the warnings about a deck's texts.

    One names the characters that the deck's face lacks, so that another face will show them; and there is one
    for each text that was cut, with the first slide on which it is.
    """
    strange: set[str] = set()
    cut: dict[str, int] = {}
    for number, slide in enumerate(made, 1):
        for box in _list_texts(slide):
            for paragraph in box:
                strange |= find_missing_characters(paragraph.runs)
                if any(run.text == ELLIPSIS for run in paragraph.runs):
                    cut.setdefault(paragraph.text, number)
        for part in slide.footer:
            if part.endswith(ELLIPSIS) and part != own.write_plain_text(own.outline.title):
                cut.setdefault(part, number)
    out = [own.write_phrase("cut_text", text=text, slide=number) for text, number in cut.items()]
    if strange:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in sorted(strange)[:12])
        out.insert(0, own.write_phrase("strange_characters", face=own.page.look.face, characters=shown))
    return tuple(out)


def _list_texts(slide: Slide) -> list[tuple[SlideParagraph, ...]]:
    out = [slide.title.paragraphs]
    for item in slide.items:
        if isinstance(item, TextBox):
            out.append(item.paragraphs)
        elif isinstance(item, SlideTable):
            out += [cell.paragraphs for row in item.rows for cell in row]
        elif isinstance(item, ShapeGroup):
            out += [inner.paragraphs for inner in item.items if isinstance(inner, TextBox)]
    return out
