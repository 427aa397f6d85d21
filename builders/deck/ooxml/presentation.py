"""What python-pptx's presentations lack: sections, leaving out slides, the list of notes masters."""

import uuid
from datetime import datetime
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from builders.deck.model import Deck
from builders.deck.ooxml.markup import clean_text, escape_text, parse_markup

_SECTION_NAMESPACE = uuid.UUID(
    "a6f0b9a2-1c8e-5f5e-9a63-2f4f0f8f7d11"
)  # namespace of section ids (RFC 9562, version 5)
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"  # [MS-PPTX] 2.6.1.7
_OF_CONTENTS = {RT.CORE_PROPERTIES, RT.EXTENDED_PROPERTIES, RT.THUMBNAIL}


def remove_slides(presentation: Any) -> None:
    """Remove all slides of a template (19.2.1.34).

    With them go its custom shows, its sections, its thumbnail and the properties that describe it.
    """
    part, root = presentation.part, presentation.element
    for entry in root.iter(qn("p:sldId")):
        part.rels.pop(entry.rId)
    for name in ("p:sldIdLst", "p:custShowLst", "p:extLst"):
        for element in root.findall(qn(name)):
            root.remove(element)
    package = part.package
    of_parts = {rel for one in package.iter_parts() for rel in one.rels.values()}
    for rel in [rel for rel in package.iter_rels() if rel.reltype in _OF_CONTENTS and rel not in of_parts]:
        package.drop_rel(rel.rId)


def list_notes_master(presentation: Any) -> None:
    """List the notes master in the presentation (19.2.1.21): python-pptx adds the part but not the entry."""
    if presentation.element.find(qn("p:notesMasterIdLst")) is None:
        name = presentation.part.relate_to(presentation.part.notes_master_part, RT.NOTES_MASTER)
        listed = parse_markup(f'<p:notesMasterIdLst><p:notesMasterId r:id="{name}"/></p:notesMasterIdLst>')
        presentation.element.sldMasterIdLst.addnext(*listed)


def add_sections(presentation: Any, deck: Deck) -> None:
    """Group the slides into the deck's sections ([MS-PPTX] 2.6.1.7), which PowerPoint's sorter shows."""
    ids = [entry.id for entry in presentation.element.sldIdLst]
    bounds = [section.first for section in deck.sections] + [len(ids)]
    sections = ""
    for section, start, end in zip(deck.sections, bounds, bounds[1:], strict=False):
        guid = f"{{{str(uuid.uuid5(_SECTION_NAMESPACE, section.key)).upper()}}}"
        slides = "".join(f'<p14:sldId id="{number}"/>' for number in ids[start:end])
        sections += (
            f'<p14:section name="{escape_text(section.name)}" id="{guid}">'
            f"<p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>"
        )
    listed = f'<p14:sectionLst xmlns:p14="{_P14}">{sections}</p14:sectionLst>'
    presentation.element.extend(
        parse_markup(f'<p:extLst><p:ext uri="{_SECTIONS}">{listed}</p:ext></p:extLst>')
    )


def set_properties(presentation: Any, deck: Deck, moment: datetime) -> None:
    """Set title, subject, author and language from the deck; `moment` is when it was made and changed."""
    properties = presentation.core_properties
    properties.title, properties.subject, author = map(
        _shorten_property, (deck.title, deck.subject, deck.author)
    )
    properties.author = properties.last_modified_by = author
    properties.language, properties.revision = deck.lang, 1
    properties.created = properties.modified = moment.replace(tzinfo=None)


def _shorten_property(text: str) -> str:
    """Return a text as a document's property: at most 255 characters that XML can hold."""
    return clean_text(text)[:255].strip()
