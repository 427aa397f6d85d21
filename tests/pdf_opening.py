"""Three programs of other authors open a PDF and say what they mind: qpdf (in pikepdf), PDFium, Poppler."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2

REFUSED = "cannot be opened: "


def qpdf_complaints(data: bytes) -> list[str]:
    """Return what qpdf says about a file: its warnings as it opens it, and all that its check finds."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            return [*pdf.get_warnings(), *pdf.check_pdf_syntax()]
    except pikepdf.PdfError as error:
        return [f"{REFUSED}{error}"]


def pdfium_complaints(data: bytes) -> list[str]:
    """Return what keeps PDFium from showing a file: it warns of nothing, so every page is rendered."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return list(_blank_pages(pdf))
    except pypdfium2.PdfiumError as error:
        return [f"{REFUSED}{error}"]


def _blank_pages(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield a complaint for each page that has objects and is rendered as one colour."""
    for number, page in enumerate(pdf, 1):
        if next(page.get_objects(max_depth=1), None) is None:
            continue
        image = page.render(scale=0.25).to_pil().convert("L")
        darkest, lightest = image.getextrema()
        if darkest == lightest:
            yield f"page {number} is blank"


def poppler_complaints(data: bytes, folder: Path) -> list[str]:
    """Return what Poppler's pdfinfo and pdftotext write to standard error; `folder` takes the file."""
    file = folder / "opened.pdf"
    file.write_bytes(data)
    complaints = []
    for command in (["pdfinfo", str(file)], ["pdftotext", str(file), "-"]):
        done = subprocess.run(command, capture_output=True, check=False)
        complaints += done.stderr.decode("utf-8", "replace").splitlines()
        if done.returncode:
            complaints.append(f"{command[0]} ends with {done.returncode}")
    return complaints
