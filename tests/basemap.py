"""Make `builders/geography/base_map.json` again: Natural Earth's countries, 1:50m, from npm's world-atlas.

Natural Earth is in the public domain; world-atlas 2.0.2 (ISC) holds its version 4.1 as TopoJSON. Needs npm.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from babel.core import get_global

from tests.programs import run_program

PACKAGE = "world-atlas@2.0.2"
FILE = "package/countries-50m.json"
TARGET = Path(__file__).parents[1] / "builders" / "geography" / "base_map.json"
NAMED = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
}  # what the package has without an ISO 3166-1 code


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the program's options: none."""


def run(_options: argparse.Namespace) -> int:
    """Fetch the package and write the base map from it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            content = package.extractfile(FILE)
            assert content
            topology = json.load(content)
    TARGET.write_text(write_base_map(topology), encoding="utf-8", newline="\n")
    print(TARGET)
    return 0


def write_base_map(topology: dict[str, Any]) -> str:
    """Return the base map's JSON: arcs in the package's steps, and each country's rings by its ISO code."""
    codes = get_global("territory_aliases")  # CLDR: '643' is 'RU'
    countries: dict[str, list[Any]] = {}
    for one in topology["objects"]["countries"]["geometries"]:
        code = NAMED.get(one["properties"]["name"]) or codes.get(one.get("id"), [None])[0]
        if code:
            countries.setdefault(code, []).extend(_list_polygons(one))
    (land,) = topology["objects"]["land"]["geometries"]
    content = {
        "origin": f"Natural Earth, 1:50m, public domain; npm {PACKAGE}, {FILE}",
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "countries": dict(sorted(countries.items())),
        "land": _list_polygons(land),
        "arcs": topology["arcs"],
    }
    return json.dumps(content, separators=(",", ":")) + "\n"


def _list_polygons(geometry: dict[str, Any]) -> list[Any]:
    """Return a TopoJSON geometry's polygons, each a list of rings of arc numbers (~n is arc n backwards)."""
    arcs = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else list(arcs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return the exit code."""
    about = "Make the maps' coasts and countries again from npm's world-atlas."
    return run_program("basemap", about, configure, run, arguments)


if __name__ == "__main__":
    sys.exit(main())
