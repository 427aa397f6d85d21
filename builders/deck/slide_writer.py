"""One slide of the plan into one of python-pptx's: placeholders filled, objects added, notes written."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, assert_never

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from builders.deck.colours import Shades, ThemeColours
from builders.deck.geometry import Placeholder, SlidePage
from builders.deck.master_placeholders import write_middle_tab
from builders.deck.model import (
    ShapeGroup,
    Slide,
    SlideCell,
    SlideChart,
    SlideFrame,
    SlideFreeform,
    SlidePicture,
    SlideShape,
    SlideTable,
    TextBox,
)
from builders.deck.native_charts import format_chart, make_chart_type_and_numbers
from builders.deck.notes import choose_notes_page
from builders.deck.ooxml.markup import (
    SlideMarkup,
    clean_text,
    escape_text,
    number_shapes,
    parse_markup,
    set_alternative_text,
    set_frame_and_text,
    write_background,
    write_placeholder,
    write_slide_number,
    write_text_body,
)
from builders.deck.package import add_notes
from builders.deck.table_fitting import CELL_GUTTER
from builders.language.locales import Locale
from builders.theme.theme import Theme

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # 21.1.3.12: PowerPoint's "No Style, No Grid"


@dataclass(frozen=True, slots=True)
class WritingContext:
    """What all slides of a deck are written with.

    `shades` are the readable shades of a template's colours, `moment` dates the charts' workbooks, and
    `slides` are python-pptx's slides by the keys of the plan, so that links between slides find their
    targets.
    """

    page: SlidePage
    theme: Theme
    lang: str
    locale: Locale
    shades: Shades
    moment: datetime
    slides: Mapping[str, Any]


def write_slide(writing: WritingContext, planned: Slide, number: int) -> None:
    """Fill python-pptx's slide of a planned slide, and write its notes.

    The slide is looked up by its key in `writing.slides`; `number` is the one printed on it, counted from 1.
    """
    page = writing.page
    slide, layout = writing.slides[planned.key], page.layouts[planned.layout]

    def relate(link: str) -> str:
        if link.startswith("#"):
            return str(slide.part.relate_to(writing.slides[link[1:]].part, RT.SLIDE))
        return str(slide.part.relate_to(link, RT.HYPERLINK, is_external=True))

    markup = SlideMarkup(
        ThemeColours(writing.theme, planned.section, writing.shades), writing.lang, relate,
        zoom=page.zoom, scale=page.scale, explicit=not page.own, on_hue=layout.ground == "hue",
    )  # fmt: skip
    _SlideWriter(writing, slide, markup, planned).write(number)
    _write_notes(writing, slide, planned, number)


class _SlideWriter:
    """Fills one slide. Each item is moved or added to the end of the shape tree: the reading order."""

    def __init__(self, writing: WritingContext, slide: Any, markup: SlideMarkup, planned: Slide) -> None:
        self._writing, self._slide, self._markup, self._planned = writing, slide, markup, planned
        self._places = writing.page.layouts[planned.layout].places
        self._tree = slide.element.cSld.spTree
        self._free: dict[tuple[str, int], list[Any]] = {}  # LibreOffice's have one index and several types
        for ph in self._tree.iter(qn("p:ph")):
            key = (ph.get("type", "obj"), int(ph.get("idx", "0")))
            self._free.setdefault(key, []).append(ph.xpath("../../..")[0])

    def write(self, number: int) -> None:
        """Write title, items and footers; placeholders that nothing stands in are taken away."""
        if self._markup.on_hue:
            self._tree.addprevious(*parse_markup(write_background(self._markup.inks("hue"))))
        for item in (self._planned.title, *self._planned.items):
            match item:
                case TextBox() if place := self._find_free_placeholder(item.place):
                    self._fill_placeholder(place, item)
                case TextBox() | SlideShape() | SlideFreeform() | ShapeGroup():
                    self._tree.extend(parse_markup(self._markup.write_item(item)))
                case SlideTable():
                    self._add_table(item)
                case SlideChart():
                    self._add_chart(item)
                case SlidePicture():
                    self._add_picture(item)
                case _:
                    assert_never(item)
        for element in chain.from_iterable(self._free.values()):
            self._tree.remove(element)
        self._add_footers(number)
        number_shapes(self._slide)

    def _find_free_placeholder(self, key: str | None) -> Placeholder | None:
        """Return the layout's place called `key` if the slide still has an empty placeholder for it."""
        place = self._places.get(key or "")
        return place if place and self._free.get((place.kind, place.index)) else None

    def _fill_placeholder(self, place: Placeholder, box: TextBox) -> None:
        """Write a box's text into an empty placeholder.

        Its frame is written only where the plan moved it, or the layout is a school's; else it inherits the
        layout's.
        """
        element = self._free[place.kind, place.index].pop(0)
        moved = place.frame != box.frame or self._markup.explicit
        set_frame_and_text(
            element, self._markup.write_frame(box.frame) if moved else "", self._markup.write_text(box, place)
        )
        element.nvSpPr.cNvPr.name = clean_text(box.name or place.key.capitalize())
        self._tree.append(element)

    def _take_placeholder(self, key: str | None) -> Any:
        """Return python-pptx's empty placeholder for the place `key`, now taken; None if there is none."""
        if (place := self._find_free_placeholder(key)) is None:
            return None
        element = self._free[place.kind, place.index].pop(0)
        return next(holder for holder in self._slide.placeholders if holder.element is element)

    def _add_table(self, table: SlideTable) -> None:
        """Add a native table without a style of its own, its header row and column flagged."""
        markup, rows, columns = self._markup, len(table.rows), len(table.columns)
        holder = self._take_placeholder(table.place)
        if holder is None:
            frame = self._slide.shapes.add_table(rows, columns, 0, 0, 0, 0)
        else:
            frame = holder.insert_table(rows, columns)
        self._finish_object(frame, table)
        native = frame.table
        native.first_col, native.horz_banding = True, False
        for column, width in zip(native.columns, table.columns, strict=True):
            column.width = markup.scale_to_emu(width)
        for row, high in zip(native.rows, table.heights, strict=True):
            row.height = markup.scale_to_emu(high)
        (style,) = frame.element.iter(qn("a:tableStyleId"))
        style.text = NO_TABLE_STYLE
        for number, (row, cells) in enumerate(zip(frame.element.iter(qn("a:tr")), table.rows, strict=True)):
            row[:] = parse_markup("".join(write_cell(markup, one, table, number) for one in cells))

    def _add_chart(self, chart: SlideChart) -> None:
        page, locale = self._writing.page, self._writing.locale
        kind, numbers = make_chart_type_and_numbers(chart, self._writing.moment)
        holder = self._take_placeholder(chart.place)
        if holder is None:
            frame = self._slide.shapes.add_chart(kind, 0, 0, 0, 0, numbers)
        else:
            frame = holder.insert_chart(kind, numbers)
        self._finish_object(frame, chart)
        factor = page.zoom / page.scale
        format_chart(frame.chart, chart, self._markup.inks, self._markup.lang, locale.dates.before, factor)

    def _add_picture(self, picture: SlidePicture) -> None:
        content, holder = io.BytesIO(picture.content), self._take_placeholder(picture.place)
        if holder is None:
            shown = self._slide.shapes.add_picture(content, 0, 0)
        else:
            shown = holder.insert_picture(content)
            shown.crop_left = shown.crop_top = shown.crop_right = shown.crop_bottom = 0.0
        self._finish_object(shown, picture)

    def _finish_object(self, shape: Any, item: SlideTable | SlideChart | SlidePicture) -> None:
        """Give a table, chart or picture its frame, name and alternative text, last in the reading order."""
        self._set_frame(shape, item.frame)
        shape.name = clean_text(item.name)
        set_alternative_text(shape, item.alt)
        self._tree.append(shape.element)

    def _set_frame(self, shape: Any, frame: SlideFrame) -> None:
        lengths = (frame.x, frame.y, frame.w, frame.h)
        shape.left, shape.top, shape.width, shape.height = map(self._markup.scale_to_emu, lengths)

    def _add_footers(self, number: int) -> None:
        """Add footer and slide number where the layout has them: python-pptx does not copy them."""
        lang = self._markup.lang
        tab = ""
        if self._writing.page.own:  # said again: LibreOffice forgets the layout's
            tab = f'<a:pPr algn="l">{write_middle_tab(self._writing.page)}</a:pPr>'
        text = escape_text("\t".join(self._planned.footer))
        look = f'<a:rPr lang="{lang}" dirty="0"><a:latin typeface="+mn-lt"/></a:rPr>'
        content = {
            "ftr": f"{tab}<a:r>{look}<a:t>{text}</a:t></a:r>",
            "sldNum": write_slide_number(lang, str(number)),
        }
        for foot in self._slide.slide_layout.element.iter(qn("p:ph")):
            kind, index = foot.get("type"), foot.get("idx", "0")
            if kind in content:
                holder = f'type="{kind}" sz="quarter" idx="{index}"'
                shape = write_placeholder(kind, holder, "", write_text_body(f"<a:p>{content[kind]}</a:p>"))
                self._tree.extend(parse_markup(shape))


def _write_notes(writing: WritingContext, slide: Any, planned: Slide, number: int) -> None:
    """Write a slide's notes page: the slide's picture, the text, the page number.

    Frames, sizes and faces are written on each page although the notes master has them: LibreOffice ignores
    its.
    """
    page, words = writing.page, writing.locale.words["deck"]
    plain = choose_notes_page(planned.notes, page.w / page.h)
    face = writing.theme.deck.face if page.own else "+mn-lt"
    markup = SlideMarkup(ThemeColours(writing.theme), writing.lang, explicit=True, face=face)
    text = markup.write_text(TextBox(plain.text, planned.notes, plain.size, colour=""))
    foot = write_text_body(f"<a:p>{write_slide_number(writing.lang, str(number))}</a:p>")
    picture, body = markup.write_frame(plain.picture), markup.write_frame(plain.text)
    add_notes(slide).element.cSld.spTree.extend(parse_markup(
        write_placeholder(words["notes_slide"], 'type="sldImg" idx="2"', picture, "")
        + write_placeholder(words["notes_text"], 'type="body" sz="quarter" idx="3"', body, text)
        + write_placeholder(words["notes_number"], 'type="sldNum" sz="quarter" idx="5"', "", foot)
    ))  # fmt: skip


def write_cell(markup: SlideMarkup, cell: SlideCell, table: SlideTable, row: int) -> str:
    """Return a table cell (`a:tc`; ECMA-376-1, 21.1.3.16) of row `row` (0 is the header).

    Rules stand above and below the cell, none at its sides; python-pptx's API has no borders.
    """
    paragraphs = ""
    for paragraph in cell.paragraphs:
        runs = markup.write_runs(paragraph.runs, table.size, cell.bold)
        end = (
            ""
            if runs
            else f'<a:endParaRPr lang="{markup.lang}" sz="{markup.convert_size(table.size)}" dirty="0"/>'
        )
        paragraphs += f'<a:p><a:pPr algn="{cell.align}"/>{runs}{end}</a:p>'
    top = _write_border(markup, "T", *(("ink", 2.25), ("ink", 1), ("rule", 0.75))[min(row, 2)])
    strong = row in (0, len(table.rows) - 1)
    foot = _write_border(markup, "B", *(("ink", 1) if strong else ("rule", 0.75)))
    high = markup.scale_to_emu(table.padding)
    return (
        f"<a:tc>{write_text_body(paragraphs, tag='a:txBody')}"
        f'<a:tcPr marL="0" marR="{markup.scale_to_emu(CELL_GUTTER)}" marT="{high}" marB="{high}">'
        f'<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>{top}{foot}<a:noFill/></a:tcPr>'
        "</a:tc>"
    )


def _write_border(markup: SlideMarkup, side: str, colour: str, weight: float) -> str:
    """Return a cell's border (21.1.3.17) on a side (L, R, T, B); `weight` is in points of the plan."""
    return f'<a:ln{side} w="{markup.scale_to_emu(weight)}">{markup.inks.write_fill(colour)}</a:ln{side}>'
