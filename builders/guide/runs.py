"""Runs of text from inline markup: citations in their place, key words as blanks, numbers of sources.

Which signs are raised above the line, and which blanks are open, is the edition's to say.
"""

from dataclasses import replace

from builders.guide.editions import EditionStyle
from builders.guide.type_styles import GuideStyles
from builders.language import markup
from builders.typesetting import fonts
from builders.typesetting.fonts import Face, Family, Weight
from builders.typesetting.paragraph import Run

SIGN_SCALE, SIGN_RISE = 0.68, 0.33  # of a raised sign, against the size of the text
_CLOSING_PUNCTUATION = ".,;:?!)\u00bb\u201d\u2019"


def is_marked_up(run: markup.InlineRun) -> bool:
    """Return whether a run is anything but plain text."""
    return bool(run.cites or run.italic or run.strong or run.link)


def place_cites(paragraph: markup.InlineParagraph, after: bool) -> list[markup.InlineRun]:
    """Set citations close to the word before them; `after` moves them past the punctuation that follows."""
    out: list[markup.InlineRun] = []
    runs = list(paragraph)
    for i, run in enumerate(runs):
        if not run.cites:
            if run.text:
                out.append(run)
            continue
        if out and out[-1].text.endswith(" "):
            before = out.pop()
            if words := before.text.rstrip(" "):
                out.append(replace(before, text=words))
        following = runs[i + 1] if after and i + 1 < len(runs) else None
        if following and following.text[:1] and following.text[0] in _CLOSING_PUNCTUATION:
            moved = following.text[: len(following.text) - len(following.text.lstrip(_CLOSING_PUNCTUATION))]
            out.append(replace(following, text=moved))
            runs[i + 1] = replace(following, text=following.text[len(moved) :])
        out.append(run)
    return out


def choose_inline_face(run: markup.InlineRun, face: Face) -> Face:
    """Return the face of a run in a text that is set in `face`: its italic or bold where it asks for them."""
    if not run.italic and not run.strong:
        return face
    family: Family = "serif" if face.name.startswith("serif") else "sans"
    weight: Weight = "bold-italic" if run.italic and run.strong else "bold" if run.strong else "italic"
    return fonts.face(family, weight)


def make_blank(
    text: str, letter: str, link: str | None, edition: EditionStyle, look: GuideStyles
) -> list[Run]:
    """Return a key word as a blank and the letter that names it.

    An open blank has no link, and so no note in the margin: they would tell the word.
    """
    bold = look.choose_face("serif", "bold")
    if edition.blanks == "open":
        word = Run(text, bold, blank="open")
    else:
        word = Run(text, bold, blank="filled", link=link)
    if edition.print.raised_signs:
        return [word, _make_raised_sign(letter, look, tag="Span")]
    sign = Run(f" ({letter})", look.choose_face("sans", "semibold"), look.colours.blue, tag="Span")
    return [word, sign]


def make_raised_reference(number: int, source: str, look: GuideStyles) -> Run:
    """Return the raised number of the source with the id `source`, which leads to its entry."""
    return _make_raised_sign(str(number), look, tag="Reference", link=f"#source:{source}")


def make_bracketed_reference(number: int, cite: markup.Cite, look: GuideStyles) -> list[Run]:
    """Return a source's number and where in it to look as '[3, p. 4]', on one line with the word before."""
    text = f"[{number}, {cite.locator}]" if cite.locator else f"[{number}]"
    return [
        Run("\u00a0", look.choose_face("sans", "semibold")),
        Run(
            text.replace(" ", "\u00a0"),
            look.choose_face("sans"),
            link=f"#source:{cite.source}",
            tag="Reference",
        ),
    ]


def make_separator(look: GuideStyles) -> Run:
    """Return what stands between raised signs."""
    return _make_raised_sign(",\u2009", look)


def _make_raised_sign(text: str, look: GuideStyles, tag: str | None = None, link: str | None = None) -> Run:
    face = look.choose_face("sans", "semibold")
    return Run(text, face, look.colours.blue, SIGN_SCALE, SIGN_RISE, link=link, tag=tag)


def is_latin_letter(character: str) -> bool:
    """Return whether a character is a letter of the Latin script."""
    return character.isalpha() and ord(character) < 0x250
