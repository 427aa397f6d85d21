"""Pictures come from the outline's folder alone, and no larger than can be handled."""

import io
import os
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation

from builders.cli import main
from builders.pictures import pictures

SMALL = Path(__file__).parent / "outlines" / "one-language.yaml"


def picture(width: int, height: int) -> bytes:
    """Return a PNG of a size; its pixels are promised, not delivered."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(width + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


PICTURES = {
    "../beside.png": "outside the outline's folder",
    "in/../../beside.png": "outside the outline's folder",
    "/etc/passwd": "outside the outline's folder",
    "in\\\\beside.png": "outside the outline's folder",
    "in/link.png": "outside the outline's folder",
    "in/away/beside.png": "outside the outline's folder",
    "in/large.png": "more than 50 million pixels",
    "in/vast.png": "more than 50 million pixels",
    "in/heavy.png": "larger than 20 MB",
    "in/pipe.png": "there is no picture",
    "in/loop.png": "is a link that leads to itself",
    "in/round/a.png": "is a link that leads to itself",
    "in/billion.svg": "broken or not an SVG",
    "https://example.org/a.png": "there is no picture",
    "n" * 5000 + ".png": "cannot be read",
}


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file[:20])
def test_a_picture_that_leads_out_or_is_too_large_is_told(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "course"
    (folder / "in").mkdir(parents=True)
    (tmp_path / "beside.png").write_bytes(picture(4, 4))
    (folder / "in" / "link.png").symlink_to(tmp_path / "beside.png")
    (folder / "in" / "away").symlink_to(tmp_path)
    (folder / "in" / "large.png").write_bytes(picture(8_000, 8_000))
    (folder / "in" / "vast.png").write_bytes(picture(60_000, 60_000))
    with (folder / "in" / "heavy.png").open("wb") as heavy:
        heavy.truncate(21 << 20)
    (folder / "in" / "loop.png").symlink_to("loop.png")
    (folder / "in" / "round").symlink_to(folder / "in" / "about")
    (folder / "in" / "about").symlink_to("round")
    os.mkfifo(folder / "in" / "pipe.png")
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    (folder / "in" / "billion.svg").write_text(
        f'<!DOCTYPE s [<!ENTITY e0 "x">{entities}]><svg viewBox="0 0 1 1"><text>&e12;</text></svg>', "utf-8"
    )
    block = f'      - image:\n          file: "{file}"\n          alt: A\n          credit: C\n'
    outline = folder / "a.yaml"
    text = SMALL.read_text("utf-8")
    assert text.count("    events:\n") == 1
    outline.write_text(text.replace("    events:\n", f"{block}    events:\n"), "utf-8")
    assert main(["check", "--outline", str(outline)]) == 1
    assert PICTURES[file] in capsys.readouterr().out


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
DRAWINGS = {  # what is in a drawing, and what is told of it
    '<rect width="9" height="9" fill="url(#a)"/>': "refers to '#a' (line 1), which it does not hold",
    '<rect width="9" height="9" fill="lab(29% 39 20)"/>': "uses the paint 'lab(29% 39 20)'",
    '<rect width="9" height="9" fill="var(--sea)"/>': "uses fill 'var(--sea)'",
    '<use href="#a"/>': "refers to '#a'",
    '<use href="other.svg#a"/>': "brings in 'other.svg#a'",
    '<image href="data:image/png;base64,AAAA"/>': "holds <image>",
    '<script href="https://example.org/a.js"/>': "brings in 'https://example.org/a.js'",
    "<script>alert(1)</script>": "holds <script>",
    "<foreignObject><p>Lava</p></foreignObject>": "holds <foreignObject>",
    "\n\n<animate/>": "holds <animate> (line 3), which cannot be drawn",
    "<filter id='f'/>": "holds <filter>",
    '<circle r="5" style="filter: blur(9px)"/>': "uses filter 'blur(9px)'",
    '<circle r="5" style="cx: 4px"/>': "sets 'cx' in a style",
    '<circle r="5" clip-path="circle(3px)"/>': "has a path, a transform or a number",
    '<path d="M1 1L9 9" vector-effect="non-scaling-stroke"/>': "uses vector-effect",
    "<style>@import 'a.css';</style>": "has a style sheet (line 1) that cannot be followed",
    f"<style>{'a' * 500_000}</style>": "has a style sheet (line 1) that cannot be followed",
    "<style>g ~ rect {fill: red}</style>": "has the selector 'g ~ rect'",
    '<g transform="matrix(1)"><circle r="5"/></g>': "has a path, a transform or a number",
    f'<g transform="rotate({"1" * 5000}x)"><circle r="5"/></g>': "has a path, a transform or a number",
    f'<path d="M0 0a{"2" * 5000}"/>': "has a path, a transform or a number",
    f'<circle fill="{"url(" * 50_000}" r="5"/>': "uses the paint",
    '<g style="transform: rotate(9deg)"><circle r="5"/></g>': "has a path, a transform or a number",
    '<path d="L 5 5"/>': "has a path, a transform or a number",
    '<path d="M 5 5 C 1 2 3"/>': "has a path, a transform or a number",
    '<circle r="1e999"/>': "has a path, a transform or a number",
    '<text x="1e308">Lava</text>': "has a path, a transform or a number",
    "<text>\u6f22</text>": "holds the character '\u6f22'",
    '</svg><svg viewBox="0 0 1 1">': "is broken or not an SVG",
    "<text>&nobody;</text>": "is broken or not an SVG",
    "<g opacity='.9'>" * 200 + "<rect width='100' height='50'/>" + "</g>" * 200: "is too much to draw",
    "<pattern id='p' width='1e6' height='1e6' patternUnits='userSpaceOnUse'><circle r='5'/></pattern>"
    "<rect fill='url(#p)' width='100' height='50'/>": "is too much to draw",
    "<g id='u0'><rect width='5' height='5'/></g>"
    + "".join(f"<g id='u{n + 1}'>" + f"<use href='#u{n}'/>" * 10 + "</g>" for n in range(9)): "is too much",
}


def with_drawing(folder: Path, drawing: bytes) -> Path:
    """Return an outline in `folder` with a drawing in it."""
    (folder / "lava.svg").write_bytes(drawing)
    block = "      - image:\n          file: lava.svg\n          alt: Lava\n          credit: Nobody\n"
    outline = folder / "a.yaml"
    outline.write_text(SMALL.read_text("utf-8").replace("    events:\n", f"{block}    events:\n"), "utf-8")
    return outline


@pytest.mark.parametrize("inside", DRAWINGS, ids=lambda inside: inside.strip()[:40])
def test_a_drawing_that_a_document_cannot_show_is_told_at_its_place_before_any_is_built(
    inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = with_drawing(tmp_path, f"{HEAD}{inside}</svg>".encode())
    assert main(["check", str(outline)]) == 1
    told = capsys.readouterr().out.splitlines()[1]
    assert told.startswith(f"{outline}:20:11: 'lava.svg' {DRAWINGS[inside]}")
    assert "; export it" in told


@pytest.mark.parametrize(
    "drawing",
    [
        HEAD.replace("100 50", "nan 50").encode() + b"</svg>",
        HEAD.replace("100 50", "1e400 50").encode() + b"</svg>",
        HEAD.replace(' viewBox="0 0 100 50"', "").encode() + b"</svg>",
        b'<html viewBox="0 0 1 1"/>',
        HEAD.encode() + b"<text>\xe9</text></svg>",  # not UTF-8, and does not say what else
        b'<svg viewBox="0 0 1 1"/>',  # in no namespace: nothing draws it
    ],
)
def test_what_is_no_drawing_is_told(
    drawing: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = with_drawing(tmp_path, drawing)
    assert main(["check", str(outline)]) == 1
    assert ":20:11: 'lava.svg' " in capsys.readouterr().out


def test_a_drawing_that_check_passes_is_in_every_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = (
        '<g transform="translate(2) rotate(10 5 5)" fill="#c00">'
        '<path d="m1 1 a3 3 0 01.5.5 3,3,0,1,0,2,2z"/></g>'
        '<polygon points="1,1 5,5 1,5"/><ellipse rx="2" ry="3" style="fill: none; stroke: red"/>'
        '<a href="https://example.org"><text x="5" y="9">Lava é</text></a>'
    )
    outline = with_drawing(tmp_path, f"\ufeff{HEAD}{inside}</svg>".encode())
    assert main(["build", "--outline", str(outline), "--output", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err == ""
    assert len(list((tmp_path / "out").rglob("*.p*"))) == 5


def test_what_a_drawing_names_outside_itself_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Lava", "utf-8")
    entity = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    (tmp_path / "a.svg").write_text(f"{entity}{HEAD}<text y='20'>&e;</text></svg>", "utf-8")
    with pytest.raises(pictures.ImageFault, match="broken or not an SVG"):
        pictures.read_picture(tmp_path, "a.svg")


FEATURES = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE svg [<!ENTITY blue "#0000FF">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="10 20 200 100"
     width="3cm" height="9cm" fill="#00FFFF"><!-- é -->
  <style>.red {fill: #FF0000} .gone, #gone {display: none} g > rect.half {opacity: 0.5}</style>
  <defs><g id="ship"><rect width="20" height="20"/></g>
    <clipPath id="clip"><rect x="130" y="20" width="10" height="20"/></clipPath></defs>
  <rect x="10" y="20" width="20" height="20"/>
  <rect class="red" x="30" y="20" width="20" height="20"/>
  <rect class="gone" x="50" y="20" width="20" height="20"/>
  <g><rect class="half" x="70" y="20" width="20" height="20" fill="black"/></g>
  <path fill="&blue;" fill-rule="evenodd" d="M90 20h20v20h-20zM95 25h10v10h-10z"/>
  <rect fill="#008000" x="110" y="20" width="20" height="20" rx="10"/>
  <rect fill="#800080" x="130" y="20" width="20" height="20" clip-path="url(#clip)"/>
  <use xlink:href="#ship" x="150" y="20" fill="#FFA500"/>
  <svg x="170" y="20" width="20" height="20" viewBox="0 0 2 2">
    <rect fill="#A52A2A" width="2" height="2"/></svg>
  <g transform="translate(190 40) rotate(-90) skewX(0)"><rect fill="#808000" width="20" height="20"/></g>
  <text x="10" y="80" font-size="30" fill="#000">H<tspan x="110" dy="30" fill="#FF0000">H</tspan></text>
</svg>"""
SPOTS = {  # in the drawing's units from its left and top: the colour there, None where its ground shows
    (10, 10): (0, 255, 255), (30, 10): (255, 0, 0), (50, 10): None, (70, 10): (127, 127, 127),
    (82, 10): (0, 0, 255), (90, 10): None, (101, 1): None, (110, 10): (0, 128, 0), (125, 10): (128, 0, 128),
    (135, 10): None, (150, 10): (255, 165, 0), (170, 10): (165, 42, 42), (190, 10): (128, 128, 0),
    (4, 50): (0, 0, 0), (104, 80): (255, 0, 0), (104, 50): None,
}  # fmt: skip


def test_a_drawing_looks_on_page_and_slide_as_a_browser_shows_it(tmp_path: Path) -> None:
    outline = with_drawing(tmp_path, FEATURES.encode("latin-1"))
    out = tmp_path / "out"
    assert main(["build", "guide", "deck", "--outline", str(outline), "--output", str(out)]) == 0
    guide = drawn_on_page(next(out.rglob("guide.pdf")))
    slides = Presentation(str(next(out.rglob("deck.pptx")))).slides
    (blob,) = [shape.image.blob for slide in slides for shape in slide.shapes if hasattr(shape, "image")]
    slide = Image.open(io.BytesIO(blob))
    assert (slide.width, slide.height) == (2600, 1300)
    for drawn in (guide, slide.convert("RGBA")):
        shown = Image.new("RGBA", drawn.size, "white")
        shown.alpha_composite(drawn)
        for (x, y), colour in SPOTS.items():
            found = shown.getpixel((round(x * drawn.width / 200), round(y * drawn.height / 100)))
            assert found == pytest.approx((*(colour or (255, 255, 255)), 255), abs=3), (x, y)


def drawn_on_page(path: Path) -> Image.Image:
    """Return the one picture of a PDF as its page shows it."""
    with pypdfium2.PdfDocument(path) as document:
        places = [(page, obj.get_bounds()) for page in document for obj in page.get_objects(filter=[3])]
        ((page, (left, bottom, right, top)),) = places
        crop = (left, bottom, page.get_width() - right, page.get_height() - top)
        shown: Image.Image = page.render(scale=4, crop=crop).to_pil().convert("RGBA")
        return shown


def test_words_in_a_drawing_look_the_same_whatever_faces_the_machine_has(tmp_path: Path) -> None:
    for face in ("Arial", "DejaVu Serif", "no such face"):
        words = f"<text y='30' font-family='{face}'>Ágora 1917</text>"
        (tmp_path / f"{face}.svg").write_text(f"{HEAD}{words}</svg>", "utf-8")
    drawn = {pictures.read_picture(tmp_path, file.name).content for file in tmp_path.iterdir()}
    assert len(drawn) == 1


CORNERS = ((255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 0))  # from the left above, by rows


def quarters(width: int, height: int) -> Image.Image:
    """Return a picture of four colours, one in each corner."""
    made = Image.new("RGB", (width, height))
    for n, colour in enumerate(CORNERS):
        left, top = n % 2 * width // 2, n // 2 * height // 2
        made.paste(colour, (left, top, left + width // 2, top + height // 2))
    return made


def corners_of(shown: Image.Image) -> list[tuple[int, int, int]]:
    """Return the colours in the middles of a picture's quarters, on white ground."""
    ground = Image.new("RGBA", shown.size, "white")
    ground.alpha_composite(shown.convert("RGBA"))
    spots = [((1 + 2 * (n % 2)) * shown.width // 4, (1 + 2 * (n // 2)) * shown.height // 4) for n in range(4)]
    return [ground.getpixel(spot)[:3] for spot in spots]  # type: ignore[index,misc]


def show(file: Path, folder: Path) -> tuple[Image.Image, Image.Image]:
    """Build guide and deck with a picture; return it as the page and as the slide show it."""
    block = f"      - image:\n          file: {file.name}\n          alt: A\n          credit: C\n"
    text = SMALL.read_text("utf-8").replace("    events:\n", f"{block}    events:\n")
    (folder / "a.yaml").write_text(text, "utf-8")
    out = folder / "out"
    assert main(["build", "guide", "deck", "--outline", str(folder / "a.yaml"), "--output", str(out)]) == 0
    slides = Presentation(str(next(out.rglob("deck.pptx")))).slides
    (shape,) = [shape for slide in slides for shape in slide.shapes if hasattr(shape, "image")]
    on_slide = Image.open(io.BytesIO(shape.image.blob))
    assert on_slide.getexif().get(0x0112, 1) == 1
    assert shape.width / shape.height == pytest.approx(on_slide.width / on_slide.height, rel=0.02)
    return drawn_on_page(next(out.rglob("guide.pdf"))), on_slide


@pytest.mark.parametrize(
    ("suffix", "orientation"), [*((".jpg", n) for n in range(1, 9)), (".png", 3), (".png", 6)]
)
def test_a_picture_stands_upright_whatever_its_camera_wrote(
    suffix: str, orientation: int, tmp_path: Path
) -> None:
    turn = {  # which undoes what a viewer does for the orientation (EXIF 2.3, tag 274)
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = quarters(120, 80)
    if orientation > 1:
        stored = stored.transpose(turn[orientation])
    tags = Image.Exif()
    tags[0x0112] = orientation
    stored.save(tmp_path / f"a{suffix}", exif=tags)
    for shown in show(tmp_path / f"a{suffix}", tmp_path):
        assert shown.width > shown.height
        for got, due in zip(corners_of(shown), CORNERS, strict=True):
            assert got == pytest.approx(due, abs=12)


def test_a_grey_of_sixteen_bits_keeps_its_greys(tmp_path: Path) -> None:
    deep = quarters(40, 20).convert("L").convert("I").point(lambda grey: grey * 257)
    deep.convert("I;16").save(tmp_path / "a.png")
    due = [(grey, grey, grey) for grey in (76, 75, 29, 226)]
    for shown in show(tmp_path / "a.png", tmp_path):
        for got, grey in zip(corners_of(shown), due, strict=True):
            assert got == pytest.approx(grey, abs=2)


@pytest.mark.parametrize(
    ("file", "mode"),
    [("a.jpg", "RGB"), ("a.jpg", "CMYK"), ("a.png", "RGB"), ("a.png", "RGBA"), ("a.png", "P"),
     ("a.png", "1"), ("a.png", "I;16")],
)  # fmt: skip
def test_a_picture_is_no_larger_than_is_printed(file: str, mode: str, tmp_path: Path) -> None:
    whole = quarters(5400, 2700).convert({"I;16": "L", "1": "L"}.get(mode, mode))
    if mode == "1":
        whole = whole.point(lambda grey: 255 * (grey > 100)).convert("1")
    if mode == "I;16":
        whole = whole.convert("I").point(lambda grey: grey * 257).convert("I;16")
    whole.save(tmp_path / file)
    grey = [(v, v, v) for v in (76, 75, 29, 226)]
    due = {"1": [(0, 0, 0)] * 3 + [(255, 255, 255)], "L": grey, "LA": grey, "I;16": grey}.get(
        mode, [*CORNERS]
    )
    on_page, on_slide = show(tmp_path / file, tmp_path)
    assert on_slide.size == (2600, 1300)
    for shown in (on_page, on_slide):
        for got, colour in zip(corners_of(shown), due, strict=True):
            assert got == pytest.approx(colour, abs=12)
    with pypdfium2.PdfDocument(next(tmp_path.rglob("guide.pdf"))) as document:
        (held,) = (obj for page in document for obj in page.get_objects(filter=[3]))
        assert held.get_px_size() == (2600, 1300)


@pytest.mark.parametrize("file", ["images/Kiln.PNG", "Images/kiln.png", "IMAGES/Kiln.png", "images/KILN.png"])
def test_a_picture_whose_name_has_other_capitals_is_a_fault_on_every_system(
    file: str, tmp_path: Path
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "kiln.png").write_bytes(picture(4, 4))
    with pytest.raises(pictures.ImageFault, match=r"did you mean 'images/kiln\.png'"):
        pictures.read_picture(tmp_path, file)
    assert pictures.read_picture(tmp_path, "images/kiln.png").width == 4
