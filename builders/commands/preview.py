"""`preview`: a local page that shows the documents and the faults, and follows each save."""

import argparse
import os
import socket
import sys
import webbrowser
from contextlib import closing
from pathlib import Path

from builders.build import file_watch
from builders.commands import build, builder_options, locations
from builders.core.diagnostics import EXIT_FAULTS, UsageError

HOST = "127.0.0.1"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    locations.add_outline_option(parser)
    add = parser.add_argument
    builder_options.add_to(parser, in_preview=True)
    add("--theme", metavar="FILE", type=Path, help="a school's own colours and sizes")
    add("--port", type=int, default=0, help="default: a free one")
    add("--no-browser", action="store_true", help="only print the address")


def run(options: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C."""
    from builders.preview.server import PreviewServer
    from builders.preview.session import PreviewSession

    paths = locations.list_outlines(options)
    if len(paths) > 1:
        raise UsageError(f"preview shows one outline; name it: --outline {paths[0]}")
    if locations.report_absent(paths):
        return EXIT_FAULTS
    chosen = builder_options.read_for_preview(
        options, theme=build.read_theme(options.theme), root=paths[0].parent.resolve()
    )
    with closing(_open_listener(options.port)) as listener, file_watch.end_on_signal():
        port = listener.getsockname()[1]
        workshop = PreviewSession(paths[0], chosen, options.theme)
        with closing(workshop):
            workshop.start()
            address = f"http://{HOST}:{port}/"
            print(f"{address}  (Ctrl-C ends)", flush=True)
            if sys.stdout.isatty() and not options.no_browser:
                webbrowser.open(address)
            PreviewServer(workshop, port).run(sockets=[listener])
    return 0


def _open_listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # where it would let a second program in
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # before the address is told
    except (OSError, OverflowError):
        listener.close()
        raise UsageError(f"port {port} is taken or not allowed; leave --port out for a free one") from None
    return listener
