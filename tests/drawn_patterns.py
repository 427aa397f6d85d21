"""Which of the sections' patterns an area of a page bears, told from the picture of it."""

from collections.abc import Callable, Iterator

from PIL import Image

FULL = 0.97  # of the area is inked: no pattern
STRIPES = 0.6  # of the variance lies across the stripes
LINE = 0.9  # of a row or column of dots is inked: a line runs there
HALF = (0.35, 0.65)  # of the area is inked: checks


def pattern_of(picture: Image.Image) -> str:
    """Return the name of the pattern of a picture that shows nothing else."""
    width, height = picture.size
    grey = picture.convert("L").tobytes()
    dark = [[grey[y * width + x] < 170 for x in range(width)] for y in range(height)]
    share = sum(map(sum, dark)) / (width * height)
    if share > FULL:
        return "solid"
    across = {
        "horizontal": _across(dark, lambda _, y: y),
        "vertical": _across(dark, lambda x, _: x),
        "diagonal": _across(dark, lambda x, y: x + y),
        "backslash": _across(dark, lambda x, y: x - y),
    }
    name, most = max(across.items(), key=lambda item: item[1])
    if most > STRIPES:
        return name
    rows = [sum(row) / width for row in dark]
    columns = [sum(row[x] for row in dark) / height for x in range(width)]
    if max(rows) > LINE and max(columns) > LINE:
        return "grid"
    return "checks" if HALF[0] < share < HALF[1] else "dots"


def _across(dark: list[list[bool]], place: Callable[[int, int], int]) -> float:
    """Return how much of the variance is between the lines that `place` tells apart."""
    sums: dict[int, tuple[int, int]] = {}
    for y, row in enumerate(dark):
        for x, inked in enumerate(row):
            total, count = sums.get(place(x, y), (0, 0))
            sums[place(x, y)] = total + inked, count + 1
    whole = sum(count for _, count in sums.values())
    mean = sum(total for total, _ in sums.values()) / whole
    between = sum(count * (total / count - mean) ** 2 for total, count in sums.values())
    return between / whole / (mean * (1 - mean)) if 0 < mean < 1 else 0.0


def inks_of(picture: Image.Image) -> Iterator[str]:
    """Yield the colours of a picture that are not white, the commonest first, as '#RRGGBB'."""
    colours = picture.getcolors(picture.width * picture.height) or []
    for _, colour in sorted(colours, key=lambda item: -item[0]):
        assert isinstance(colour, tuple)
        if min(colour) < 250:
            yield "#" + "".join(f"{part:02X}" for part in colour)
