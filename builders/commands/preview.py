"""`preview`: a local page that shows the documents and the faults, and follows each save."""

import argparse
import os
import socket
import sys
import webbrowser
from contextlib import closing
from pathlib import Path

from builders import saves
from builders.cli import FAULTS, Usage
from builders.commands import build, places
from builders.options import Options

HOST = "127.0.0.1"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    places.add_outline(parser)
    add = parser.add_argument
    add("--edition", choices=build.EDITIONS, default="study", help="of the guide (default: study)")
    add("--paper", type=str.lower, choices=("a4", "letter"), default="a4", help="of the guide's pages")
    add("--ratio", choices=("16:9", "4:3"), default="16:9", help="of the slides")
    add("--theme", metavar="FILE", type=Path, help="a school's own colours and sizes")
    add("--port", type=int, default=0, help="default: a free one")
    add("--no-browser", action="store_true", help="only print the address")


def run(options: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C."""
    from builders.preview.server import Server
    from builders.preview.workshop import Workshop

    paths = places.outlines(options)
    if len(paths) > 1:
        raise Usage(f"preview shows one outline; name it: --outline {paths[0]}")
    if places.absent(paths):
        return FAULTS
    chosen = Options(
        lang="",
        theme=build.look(options.theme),
        root=paths[0].parent.resolve(),
        edition=options.edition,
        paper=options.paper,
        ratio=options.ratio,
    )
    with closing(_listening(options.port)) as listener, saves.until_stopped():
        port = listener.getsockname()[1]
        workshop = Workshop(paths[0], chosen, options.theme)
        with closing(workshop):
            workshop.start()
            address = f"http://{HOST}:{port}/"
            print(f"{address}  (Ctrl-C ends)", flush=True)
            if sys.stdout.isatty() and not options.no_browser:
                webbrowser.open(address)
            Server(workshop, port).run(sockets=[listener])
    return 0


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # where it would let a second program in
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # before the address is told
    except (OSError, OverflowError):
        listener.close()
        raise Usage(f"port {port} is taken or not allowed; leave --port out for a free one") from None
    return listener
