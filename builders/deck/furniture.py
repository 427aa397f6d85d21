"""What every slide gets at the end: a title of its own, its tab, its place on the ruler, its footer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builders.deck import ruler
from builders.deck.course import Course
from builders.deck.cutting import ELLIPSIS
from builders.deck.geometry import INCH
from builders.deck.lines import natural_width, strange_characters
from builders.deck.sheets import title_box
from builders.deck.slides import Box, Frame, Group, Paragraph, Run, Shape, Slide, Table

TAB = 0.42 * INCH  # the square that hangs from a slide's top
FOOTER_GAP = 18.0  # pt between the course's name and the section's


def unique(own: Course, made: Sequence[Slide]) -> list[Slide]:
    """Return the slides with titles that occur once: a repeated one is numbered."""
    seen: Counter[str] = Counter()
    out = []
    for slide in made:
        name = slide.name
        seen[name] += 1
        if seen[name] > 1:
            number = f"({seen[name]})"
            seen[f"{name} {number}"] += 1
            (paragraph,) = slide.title.paragraphs
            title, _ = title_box(own.page.layouts[slide.layout], paragraph.runs, number)
            out.append(replace(slide, title=title))
        else:
            out.append(slide)
    return out


def furnished(own: Course, slide: Slide) -> Slide:
    """Return a slide with its tab, its place on the ruler, and its footer."""
    items = list(slide.items)
    if not own.page.own:
        return replace(slide, footer=_footer(own, slide.section)[-1:])
    if slide.section is not None and slide.layout != "section":
        tab = Shape(Frame(own.page.left, 0, TAB, TAB), fill="hue", text=str(slide.section + 1), name="Tab")
        items.append(tab)
    elif slide.layout not in ("front", "section"):
        items.append(Shape(Frame(own.page.left, 0, TAB, TAB), fill="red", name="Tab"))
    if slide.section is not None:
        items.append(ruler.here(own, slide.section, slide.layout == "section"))
    return replace(slide, items=tuple(items), footer=_footer(own, slide.section))


def _footer(own: Course, index: int | None) -> tuple[str, ...]:
    """Return the footer's parts, the course and the section, as much of them as stands on one line."""
    name = own.words(own.outline.title)
    width = own.page.full - 60
    if index is None:
        return (_short(name, width, own),)
    section = own.outline.sections[index]
    here = f"{index + 1}. {own.words(section.title)}"
    for text in (f"{here}, {own.years(section.period)}", here):
        if (
            _wide(text, own) / 2 + _wide(name, own) + FOOTER_GAP <= own.page.full / 2
            and _wide(text, own) < width
        ):
            return name, text
    return (_short(here, width, own),)


def _wide(text: str, own: Course) -> float:
    return natural_width(Paragraph((Run(text),)), own.page.look.footer)


def _short(text: str, width: float, own: Course) -> str:
    """Return a text cut at a space, with an ellipsis, if it is wider than `width` points."""
    while _wide(text, own) > width:
        text = text.rsplit(" ", 1)[0].rstrip("…") + "…" if " " in text else text[: len(text) * 2 // 3] + "…"
    return text


def warnings(own: Course, made: Sequence[Slide]) -> tuple[str, ...]:
    """Return a warning that names the characters which another face will show, and one for each text that was
    cut, with the first slide that shows it so."""
    strange: set[str] = set()
    cut: dict[str, int] = {}
    for number, slide in enumerate(made, 1):
        for box in _boxes(slide):
            for paragraph in box:
                strange |= strange_characters(paragraph.runs)
                if any(run.text == ELLIPSIS for run in paragraph.runs):
                    cut.setdefault(paragraph.text, number)
        for part in slide.footer:
            if part.endswith(ELLIPSIS) and part != own.words(own.outline.title):
                cut.setdefault(part, number)
    out = [own.say("cut_text", text=text, slide=number) for text, number in cut.items()]
    if strange:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in sorted(strange)[:12])
        out.insert(0, own.say("strange_characters", face=own.page.look.face, characters=shown))
    return tuple(out)


def _boxes(slide: Slide) -> list[tuple[Paragraph, ...]]:
    out = [slide.title.paragraphs]
    for item in slide.items:
        if isinstance(item, Box):
            out.append(item.paragraphs)
        elif isinstance(item, Table):
            out += [cell.paragraphs for row in item.rows for cell in row]
        elif isinstance(item, Group):
            out += [inner.paragraphs for inner in item.items if isinstance(inner, Box)]
    return out
