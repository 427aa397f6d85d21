"""What a document says of itself: XMP with PDF/UA-1 and PDF/A-2, and the colour it is meant for."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from builders.core import files

PRODUCER = "Temario"


@dataclass(frozen=True, slots=True)
class About:
    """A document's title, language (BCP 47), author and subject; what it claims to conform to."""

    title: str
    lang: str
    author: str = ""
    subject: str = ""
    accessible: bool = True  # PDF/UA-1 and PDF/A-2a; else PDF/A-2b alone


def describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Say of a file what it is, and that its colours are sRGB (ISO 19005-2, 6.2.3)."""
    stamp = files.read_document_time()
    del pdf.docinfo  # ReportLab's
    pdf.docinfo = pdf.make_indirect(Dictionary(information(about, stamp)))
    packet = pdf.make_stream(xmp(about, stamp))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_stream(srgb_profile(), N=3),
    )
    pdf.Root.OutputIntents = Array([intent])


@cache
def srgb_profile() -> bytes:
    """Return an sRGB colour profile without the time of its making (ICC.1, 7.2.8 and 7.2.18)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07d0000100010000 00000000")  # 1 January 2000
    profile[84:100] = bytes(16)  # its identity, a hash that the time is part of
    return bytes(profile)


def xmp(about: About, stamp: datetime) -> bytes:
    """Return the metadata packet (ISO 16684-1; ISO 14289-1, 5; ISO 19005-2, 6.6)."""
    date = stamp.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    description = "".join(
        (
            _alternatives("dc:title", about.title),
            f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
            if about.author
            else "",
            _alternatives("dc:description", about.subject) if about.subject else "",
            f"<dc:language><rdf:Bag><rdf:li>{about.lang}</rdf:li></rdf:Bag></dc:language>",
            f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>",
            f"<xmp:CreatorTool>Temario</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>",
            "<pdfaid:part>2</pdfaid:part>",
            f"<pdfaid:conformance>{'A' if about.accessible else 'B'}</pdfaid:conformance>",
            f"<pdfuaid:part>1</pdfuaid:part>{_EXTENSION}" if about.accessible else "",
        )
    )
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {_NAMES}>'
        f'{description}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )
    return text.encode()


def information(about: About, stamp: datetime) -> dict[str, str]:
    """Return the information dictionary, which says the same (ISO 32000-1, 14.3.3)."""
    date = stamp.strftime("D:%Y%m%d%H%M%S+00'00'")
    said = {"/Title": about.title, "/Author": about.author, "/Subject": about.subject, "/Creator": "Temario"}
    said |= {"/Producer": PRODUCER, "/CreationDate": date, "/ModDate": date}
    return {key: text for key, text in said.items() if text}


def _alternatives(name: str, text: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'


_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xmp", "http://ns.adobe.com/xap/1.0/"),
        ("pdf", "http://ns.adobe.com/pdf/1.3/"),
        ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
        ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
        ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
        ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
        ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
    )
)
# PDF/A asks for a description of each schema that it does not know itself (ISO 19005-2, 6.6.2.3).
_EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description></rdf:li>"
    "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
