"""The slides of a course as the preview shows them, beside the outline's file."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import resvg_py
import yaml
from PIL import Image

from builders.build.build_record import Job
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from builders.preview.documents import make_document
from tests.drawn_guides import OUTLINES, theme_sections
from tests.drawn_time import Scale, day_of, year_written
from tests.svg_reading import Mark, Text, read_svg

NEAR = 0.25  # points: the drawing is written to a tenth
COURSES = {"cables": "en", "athens": "es"}
WIDTH, DOTS = 960.0, 4  # points, of a slide; dots for a point, of its picture
CHART = (118.0, 460.0)  # points from the slide's top: below the title, above the ruler


@dataclass(frozen=True)
class Slides:
    """The slides of a course as the preview shows them, and the outline's file read without the builders."""

    source: dict[str, Any]
    lang: str
    slides: list[tuple[list[Mark], list[Text]]]
    svgs: list[str]

    def say(self, text: Any) -> str:
        return str(text[self.lang] if isinstance(text, dict) else text)

    def charts(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any], list[Mark], list[Text]]]:
        """Yield the charts: hue of the section, chart, and what is drawn of it."""
        for number, section in enumerate(self.source["sections"]):
            for block in section["blocks"]:
                if "chart" in block and block["chart"]["kind"] in kinds:
                    marks, texts = self._titled(self.say(block["chart"]["title"]))
                    yield theme_sections()[number]["hue"], block["chart"], marks, texts

    def chart_parts(self, chart: dict[str, Any], parts: int) -> list[tuple[list[Mark], list[Text]]]:
        """Return what is drawn on each of the slides over which a chart goes on."""
        title = self.say(chart["title"])
        return [self._titled(f"{title} ({part}/{parts})") for part in range(1, parts + 1)]

    def timeline(self, number: int) -> tuple[list[Mark], list[Text]]:
        """Return what is drawn on a section's timeline slide."""
        title = self.say(self.source["sections"][number]["title"])
        word = {"en": "Timeline", "es": "Cronología"}[self.lang]
        return self._titled(f"{word}. {title}", f"{word}. {title} (1/2)")

    def picture(self, number: int) -> Image.Image:
        """Return a slide as it is seen, DOTS for a point."""
        png = resvg_py.svg_to_bytes(svg_string=self.svgs[number], width=round(WIDTH * DOTS))
        return Image.open(io.BytesIO(bytes(png))).convert("RGB")

    def _titled(self, *titles: str) -> tuple[list[Mark], list[Text]]:
        for marks, texts in self.slides:
            if any(text.words in titles and text.baseline < 110 for text in texts):
                return (
                    [m for m in marks if CHART[0] < m.middle[1] < CHART[1] and m.wide < 900],
                    [t for t in texts if CHART[0] - 10 < t.baseline < CHART[1]],
                )
        raise AssertionError(f"no slide {titles}")


@cache
def read_slides(name: str, lang: str = "") -> Slides:
    path, lang = OUTLINES / f"{name}.yaml", lang or COURSES[name]
    document = make_document(load_outline(path).outline, Job("deck", DeckOptions(lang=lang, root=OUTLINES)))
    svgs = [str(leaf.svg) for leaf in document.leaves]
    slides = [read_svg(svg) for svg in svgs]
    return Slides(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), lang, slides, svgs)


def written(value: Any, unit: str, lang: str) -> str:
    """Return a value as the slides write it."""
    values = value if isinstance(value, list) else [value]
    texts = [f"{float(v):,.10g}".replace("-", "−") for v in values]
    if lang == "es":
        texts = [text.replace(",", "" if len(text) < 6 else "\u00a0").replace(".", ",") for text in texts]
    between = "–"
    if any(text.startswith("−") for text in texts):  # two dashes would be read as one sign
        between = {"en": "\u00a0to\u00a0", "es": "\u00a0a\u00a0"}[lang]
    return between.join(texts) + (f"\u00a0{unit}" if unit else "")


def year_scale(marks: Sequence[Mark], texts: Sequence[Text]) -> Scale:
    """Return a time axis's scale, as its years and the ticks above them give it."""
    known: list[tuple[float, float]] = []
    for text in texts:
        if text.anchor == "middle" and (year := year_written(text.words)) is not None:
            ticks = [m for m in marks if m.is_upright and 0 < text.baseline - m.bottom < 30]
            known += {(day_of(year), tick.left) for tick in ticks if abs(tick.left - text.x) < NEAR}
    return Scale.through(known, NEAR)
