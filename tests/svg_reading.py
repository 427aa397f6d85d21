"""A small independent reader of the preview's slides: an SVG's shapes and words with their places."""

from dataclasses import dataclass
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle, ellipse, circle, line, polyline or path, with its colours and its corners or ends."""

    kind: str
    points: tuple[Point, ...]
    fill: str
    stroke: str
    weight: float
    dash: str

    @property
    def left(self) -> float:
        return min(x for x, _ in self.points)

    @property
    def right(self) -> float:
        return max(x for x, _ in self.points)

    @property
    def top(self) -> float:
        return min(y for _, y in self.points)

    @property
    def bottom(self) -> float:
        return max(y for _, y in self.points)

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def is_upright(self) -> bool:
        """Whether it is a line from top to bottom."""
        return self.kind == "line" and self.wide < 0.01 < self.bottom - self.top

    @property
    def is_level(self) -> bool:
        """Whether it is a line from side to side."""
        return self.kind == "line" and self.bottom - self.top < 0.01 < self.wide


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words: where it is anchored ('start', 'middle' or 'end'), and its baseline."""

    words: str
    x: float
    baseline: float
    anchor: str
    size: float
    bold: bool
    colour: str

    @property
    def middle(self) -> float:
        """The height of the middle of its letters."""
        return self.baseline - 0.34 * self.size


def read_svg(source: str) -> tuple[list[Mark], list[Text]]:
    """Return the shapes and the lines of words of a slide, patterns left out."""
    marks: list[Mark] = []
    texts: list[Text] = []
    for element in ElementTree.fromstring(source):
        kind = element.tag.removeprefix(SVG)
        if kind == "text":
            texts += _lines(element)
        elif kind not in ("defs", "image"):
            get = element.attrib.get
            points = _points(kind, element.attrib)
            look = (get("fill", ""), get("stroke", ""), float(get("stroke-width", "1")))
            marks.append(Mark(kind, points, *look, get("stroke-dasharray", "")))
    return marks, texts


def _points(kind: str, attributes: dict[str, str]) -> tuple[Point, ...]:
    def number(name: str) -> float:
        return float(attributes[name])

    if kind == "line":
        return (number("x1"), number("y1")), (number("x2"), number("y2"))
    if kind == "rect":
        x, y = (float(attributes.get(name, "0")) for name in "xy")
        return (x, y), (x + number("width"), y + number("height"))
    if kind in ("ellipse", "circle"):
        rx, ry = (number("r" if kind == "circle" else name) for name in ("rx", "ry"))
        return (number("cx") - rx, number("cy") - ry), (number("cx") + rx, number("cy") + ry)
    if kind == "polyline":
        pairs = (pair.split(",") for pair in attributes["points"].split())
        return tuple((float(x), float(y)) for x, y in pairs)
    return _path(attributes["d"])


def _path(operators: str) -> tuple[Point, ...]:
    """Return where the parts of a path begin and end; it may move, draw lines and arcs, and close."""
    points: list[Point] = []
    for letter in "MLAHZ":
        operators = operators.replace(letter, f"\n{letter} ")
    for part in operators.split("\n"):
        name, *numbers = part.split() or [""]
        if name in ("M", "L", "A"):
            points.append((float(numbers[-2]), float(numbers[-1])))
        elif name == "H":
            points.append((float(numbers[-1]), points[-1][1]))
    return tuple(points)


def _lines(element: ElementTree.Element) -> list[Text]:
    """Return a text element's lines: those of its spans that have places, or itself."""
    get = element.attrib.get
    size, anchor = float(get("font-size", "0")), get("text-anchor", "start")
    colour = get("fill", "")
    spans = [span for span in element if "x" in span.attrib]
    if spans:
        places = [(span, span) for span in spans]
    else:
        places = [(element, element[0] if len(element) and not element.text else element)]
    return [
        Text(
            "".join(place.itertext()),
            float(place.attrib["x"]),
            float(place.attrib["y"]),
            anchor,
            size,
            get("font-weight") == "700" or look.attrib.get("font-weight") == "700",
            look.attrib.get("fill", colour),
        )
        for place, look in places
    ]
