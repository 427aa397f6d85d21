"""What the preview shows: documents as pages, made in a worker; PDF pages become pictures when asked for."""

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from builders.build.build_record import Job
from builders.build.builder import Leaf
from builders.build.jobs import run_job
from builders.build.registry import load_builder
from builders.outline.model import Outline

_KEPT = 200  # pictures of pages


@dataclass(frozen=True)
class PreviewDocument:
    """A document of one language, as the preview shows it. `data` is the PDF, where it is one."""

    leaves: tuple[Leaf, ...]
    warnings: tuple[str, ...]
    data: bytes = field(default=b"", repr=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """A hash of each page: of what it says and, of a slide, how it looks."""
        said = (f"{leaf.width}x{leaf.height}\0{leaf.words}\0{leaf.svg}" for leaf in self.leaves)
        return tuple(sha256(text.encode()).hexdigest()[:16] for text in said)

    @cached_property
    def digest(self) -> str:
        """A hash of the whole."""
        return sha256(self.data or "".join(self.keys).encode()).hexdigest()[:16]


def make_document(outline: Outline, job: Job) -> PreviewDocument:
    """Return the document that a job makes, as its builder shows it. Raises OutlineFaults."""
    if preview := load_builder(job.builder).preview:
        return PreviewDocument(*preview(outline, job.options))
    return _show_pdf(outline, job)


def _show_pdf(outline: Outline, job: Job) -> PreviewDocument:
    import pypdfium2

    made = run_job(outline, job)
    if not made:
        return PreviewDocument((), ())
    artifact = made[0].artifact
    leaves = []
    with pypdfium2.PdfDocument(artifact.data) as document:
        for page in document:
            text = page.get_textpage().get_text_bounded()
            words = " ".join(text.replace("\ufffe", "").split())
            leaves.append(Leaf(page.get_width(), page.get_height(), words))
    return PreviewDocument(tuple(leaves), artifact.warnings, artifact.data)


class PageRenderer:
    """PDF pages as PNG. PDFium works for one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()

    def draw_png(self, document: PreviewDocument, number: int, width: int) -> bytes:
        """Return page `number` (from 0) of a PDF as a PNG of `width` pixels."""
        import pypdfium2

        key = (document.digest, number, width)
        with self._lock:
            if key not in self._made:
                with pypdfium2.PdfDocument(document.data) as pdf:
                    page = pdf[number]
                    bitmap = page.render(scale=width / page.get_width())
                    out = io.BytesIO()
                    bitmap.to_pil().save(out, "PNG", compress_level=1)
                self._made[key] = out.getvalue()
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]
