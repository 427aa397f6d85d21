"""Tagged PDF: the canvas that the guide and the poster are drawn on. ReportLab draws, pikepdf finishes.

canvas.py       the canvas; drawing.py its shapes and pictures
paragraphs.py   set paragraphs drawn on it
fonts.py        words written glyph by glyph; font_programs.py what is embedded
finishing.py    what ReportLab has no words for: the fonts, and
                links.py            links and the places that they lead to
                structure_tree.py   the logical tree
                metadata.py         XMP, document information, output intent

    from builders.typesetting.fonts import face
    from builders.pdf import About, TaggedCanvas
    from builders.typesetting.logical_tree import Node      # pure: plans may build the tree

    root = Node("Document")
    heading = root.add("H1")
    figure = root.add("Figure", alt="A line from 1914 to 1918")
    canvas = TaggedCanvas(root, About(title="…", lang="es", author="…", subject="…"))
    with canvas.sheet(595.28, 841.89):             # one page; optional trim= and bleed= boxes
        canvas.text(72, 700, "Words", face("sans", "bold"), 14, "#1D1A16", heading)
        canvas.line(72, 690, 300, 690, "#857D71", 0.5)           # no node: an artifact
        with canvas.figure(figure, (72, 100, 300, 300)):         # everything in here is the figure's
            canvas.rect(72, 100, 50, 20, fill="#C2231A")
            canvas.text(80, 105, "1914", face("sans"), 9, "#1D1A16")
    data = canvas.save()

Units are points, the origin is the page's lower left corner, y runs upwards, colours are '#RRGGBB'.

*Whose content.* A node passed to `text` owns those words; `with under(node)` and `with figure(node, box)`
give everything drawn inside to one node (nodes named inside are then ignored); the rest is an artifact. Nodes
that hold nothing are left out of the file. A node may be drawn under many times, on many pages. The order of
the tree is the reading order, whatever the order of drawing. A `Note` needs an `id`, a figure its `alt`.

*Text.* `text(x, y, text, face, size, colour, node=None, align="left"|"right"|"center", tracking=0,
turned=False)` puts one line on a baseline and returns its width; `face.width(text) * size / 1000` measures it
beforehand (builders/typesetting/fonts.py, pure). A character that no face has raises fonts.MissingGlyph.
Paragraphs are set by builders/typesetting/paragraph.py and drawn by `Setter` (paragraphs.py).

*Shapes* (`drawing.py`): `line`, `polyline`, `rect`, `polygon`, `circle`, `pattern` (a section's dots,
diagonals …), `with clip(points)`.

*Links and places.* `mark(key, x, y)` names a place; `link(node, "#key" or address, box, contents)` leads
there (`node` is a Link element); `bookmark(title, key, level)` adds to the outline (after `mark`, on the same
page). Places may be marked later than they are linked to; marked they must be. `label_pages(start, style,
first)` sets page labels from a page (0-based) on.

*Forms.* `with form(name, width, height)` stores a drawing once, without tags of its own, outside or inside a
sheet; `place(name, x, y, scale)` draws it: within `figure`, or else it is an artifact. A clip around it
cuts it:

    with canvas.form("poster", 1683.8, 1190.6): …
    with canvas.sheet(595, 842), canvas.figure(node, box), canvas.clip(window):
        canvas.place("poster", -200, -300)

The file is PDF/UA-1 and PDF/A-2a, or with About(accessible=False) PDF/A-2b without a tree; equal input gives
equal bytes; the date is files.read_document_time().
"""

from builders.pdf.canvas import TaggedCanvas
from builders.pdf.links import Box
from builders.pdf.metadata import About

__all__ = ["About", "Box", "TaggedCanvas"]
