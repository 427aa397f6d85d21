"""The preview's server: this machine alone may ask, and only its own page."""

import logging
import socket
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from builders.build.registry import BUILDERS, load_builder
from builders.preview.documents import PageRenderer, PreviewDocument
from builders.preview.session import PreviewSession, make_page_values

WAIT_SECONDS = 20.0  # seconds that a question for news is held open
_PAGE = Path(__file__).parent / "page"
_TYPES = {"page.html": "text/html", "page.css": "text/css", "page.js": "text/javascript"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PreviewServer(uvicorn.Server):
    """Serves the page; told to end, it answers the questions that are held open, so that none is cut off."""

    def __init__(self, workshop: PreviewSession, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                make_application(workshop, port),
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=1,
                lifespan="off",
                ws="none",
            )
        )
        self._workshop = workshop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End quietly: what is cut off now is nothing to report."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._workshop.release_waiting()
        await super().shutdown(sockets)


class OwnOriginOnly:
    """Refuses what does not come from our own page: other hosts' names (DNS rebinding), other origins."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        if scope["type"] == "http" and not self._is_own_page(Request(scope)):
            await PlainTextResponse("only this machine's own page may ask", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_own_page(self, request: Request) -> bool:
        headers = request.headers
        origin = headers.get("origin")
        return (
            headers.get("host", "") in self._hosts
            and (origin is None or origin.removeprefix("http://") in self._hosts)
            and headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        )


def make_application(workshop: PreviewSession, port: int) -> Starlette:
    """Return the server's application; it answers on `port` alone."""
    pictures = PageRenderer()

    async def file(request: Request) -> Response:
        name = request.path_params.get("name", "page.html")
        if name == "favicon.ico":
            return Response(status_code=204)
        if name not in _TYPES:
            return PlainTextResponse("there is no such page", 404)
        content = await run_in_threadpool((_PAGE / name).read_bytes)
        if name == "page.html":
            content = _fill_page(content.decode()).encode()
        return Response(content, media_type=_TYPES[name], headers={**_HEADERS, "Cache-Control": "no-store"})

    async def state(request: Request) -> Response:
        asked = request.query_params
        kind = asked.get("document", BUILDERS[0])
        if kind not in BUILDERS:
            return PlainTextResponse("there is no such document", 404)
        languages = workshop.state.languages
        language = asked.get("language", "")
        language = language if language in languages else next(iter(languages), "")
        if language:
            workshop.request_document(kind, language)
        version = asked.get("after", "")
        now = workshop.state
        if version.isascii() and version.isdigit():
            now = await workshop.wait_for_state(int(version[:12]), WAIT_SECONDS)
        rows = {**make_page_values(now, kind, language), "document": kind, "language": language}
        return JSONResponse(rows, headers={**_HEADERS, "Cache-Control": "no-store"})

    async def leaf(request: Request) -> Response:
        found = _find_document(workshop, request.path_params)
        number = int(request.path_params["number"])
        if found is None or number >= len(found.leaves):
            return PlainTextResponse("this page is no more", 404)
        headers = {**_HEADERS, "Cache-Control": "private, max-age=3600, immutable"}
        svg = found.leaves[number].svg
        if svg is not None:
            drawing = {
                **headers,
                "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'none'",
            }
            return Response(svg, media_type="image/svg+xml", headers=drawing)
        width = request.query_params.get("width", "800")
        pixels = min(max(int(width[:5]) if width.isascii() and width.isdigit() else 800, 50), 4000)
        png = await run_in_threadpool(pictures.draw_png, found, number, pixels)
        return Response(png, media_type="image/png", headers=headers)

    routes = [
        Route("/", file),
        Route("/state", state),
        Route("/leaf/{kind}/{language}/{digest}/{number:int}", leaf),
        Route("/{name}", file),
    ]
    return Starlette(routes=routes, middleware=[Middleware(OwnOriginOnly, port=port)])


def _fill_page(page: str) -> str:
    """Return the page with a tab for each builder, and the keys that choose them."""
    builders = [load_builder(name) for name in BUILDERS]
    tabs = [
        f'<button role="tab" id="tab-{one.name}" aria-controls="leaves" data-document="{one.name}" '
        f'data-leaf="{one.leaf}">{one.title}</button>'
        for one in builders
    ]
    keys = " ".join(f"<kbd>{number}</kbd>" for number in range(1, len(builders) + 1))
    names = ", ".join(one.title.lower() for one in builders)
    page = page.replace("<!-- tabs -->", "\n        ".join(tabs))
    return page.replace("<!-- keys -->", f"<div><dt>{keys}</dt><dd>{names}</dd></div>")


def _find_document(workshop: PreviewSession, asked: dict[str, str]) -> PreviewDocument | None:
    """Return the document that a page's address names, if it is still the one that is shown."""
    shown = workshop.state.shown.get((asked["kind"], asked["language"]))
    return shown.document if shown and shown.document.digest == asked["digest"] else None
