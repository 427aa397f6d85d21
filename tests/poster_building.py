"""The posters that the tests of truth read: courses of many kinds, each built once for all of them."""

from functools import cache
from pathlib import Path
from typing import Any

from builders import poster
from builders.poster.options import PosterOptions
from tests.course_facts import Facts, gather_facts, read_outline
from tests.poster_cases import outline_of, written
from tests.poster_finding import Poster
from tests.poster_reading import read_page

_HERE = Path(__file__).parent
_SIDE = {"a0": 1189, "a1": 841, "a2": 594, "a3": 420, "tabloid": 431.8}  # mm


@cache
def values_of(course: str) -> dict[str, Any]:
    """Return a course's values: of a file in tests/outlines, the shipped one, or one that is made here."""
    match course:
        case "days":
            return _flood()
        case "ages":
            return _wells()
        case "reigns":
            return _reigns()
        case "crowd":
            return written(100, 0)
        case "throng":
            return written(200, 0)
        case "shipped":
            (path,) = (_HERE.parent / "outline").glob("*.yaml")
            return read_outline(path)
        case _:
            return read_outline(_HERE / "outlines" / f"{course}.yaml")


@cache
def facts_of(course: str, lang: str = "en") -> Facts:
    """Return what a course says of time."""
    return gather_facts(values_of(course), lang)


@cache
def built(course: str, lang: str = "en", **options: Any) -> dict[str, bytes]:
    """Return the poster's files by their names."""
    artifacts = poster.build(outline_of(values_of(course)), PosterOptions(lang=lang, **options))
    return {artifact.name: artifact.data for artifact in artifacts}


@cache
def poster_of(course: str, lang: str = "en", **options: Any) -> Poster:
    """Return the poster as it is drawn."""
    name = next(name for name in built(course, lang, **options) if "sheets" not in name)
    return Poster(read_page(built(course, lang, **options)[name]), options.get("portrait", False))


@cache
def sheets_of(course: str, lang: str = "en", **options: Any) -> bytes:
    """Return the poster's sheets."""
    return next(data for name, data in built(course, lang, **options).items() if "sheets" in name)


def unit_of(size: str = "a2") -> float:
    """Return how much larger a sheet is than A2: what is drawn on it may be a seventh smaller than that."""
    return _SIDE[size] / _SIDE["a2"]


def _flood() -> dict[str, Any]:
    """Twelve events in twenty days."""
    labels = (
        "Rain sets in", "The brook rises", "Sandbags on the quay", "The weir gives way", "Cellars fill",
        "The bridge is closed", "Boats in the market", "The gauge is lost", "Army pumps arrive",
        "The rain stops", "The water falls", "Streets are swept",
    )  # fmt: skip
    events = [
        {
            "id": f"flood-{i}",
            "date": f"1953-02-{1 + 20 * i // 12:02d}",
            "lane": ("water", "town")[i % 2],
            "importance": str(1 + i % 3),
            "label": {"en": label},
        }
        for i, label in enumerate(labels)
    ]
    return _course(
        "Twenty Days of Flood", ("water", "town"), [("The flood", "1953-02-01/1953-02-21", events)]
    )


def _wells() -> dict[str, Any]:
    """Twelve events in three thousand years, from one age to the next."""
    dates = (
        "-1499", "-1249~", "-0999/-0949", "-0700", "-0299", "-0043-03-15", "0001", "0212", "0600~", "0999",
        "1204/1261", "1500",
    )  # fmt: skip
    labels = (
        "First well is dug", "Bronze buckets", "Wells of the kings", "A tunnel to the spring",
        "The water clock", "Wells are poisoned", "The wheel turns", "Free baths", "Wells dry up",
        "The thousand steps", "Foreign masters of the wells", "The last well",
    )  # fmt: skip
    events = [
        {
            "id": f"well-{i}",
            "date": date,
            "lane": ("water", "power")[i % 2],
            "importance": str(1 + i % 3),
            "label": {"en": label},
        }
        for i, (date, label) in enumerate(zip(dates, labels, strict=True))
    ]
    sections = [("Bronze", "-1499/-0500", events[:4]), ("Iron", "-0499/0400", events[4:8]),
                ("Stone", "0401/1500", events[8:])]  # fmt: skip
    return _course("Wells of Three Thousand Years", ("water", "power"), sections)


def _reigns() -> dict[str, Any]:
    """Eight centuries of reigns, and thirty events of one that lasted nine years."""
    kings = [
        (f"{800 + 60 * i:04d}", "court", f"Reign of king {name}") for i, name in enumerate("ABCDEFGHIJKLM")
    ]
    wars = [
        (f"{1210 + i * 9 // 30:04d}-{1 + i % 12:02d}", ("court", "war")[i % 2], f"Siege of the {i}th castle")
        for i in range(30)
    ]
    early, late = (
        [
            {
                "id": f"{lane}-{date}-{i}",
                "date": date,
                "lane": lane,
                "importance": str(1 + i % 3),
                "label": {"en": label},
            }
            for i, (date, lane, label) in enumerate(kings + wars)
            if (date < "1200") == before
        ]
        for before in (True, False)
    )
    sections = [("The early kings", "0800/1199", early), ("The late kings", "1200/1600", late)]
    return _course("Reigns of Eight Centuries", ("court", "war"), sections)


def _course(title: str, lanes: tuple[str, ...], sections: list[tuple[str, str, Any]]) -> dict[str, Any]:
    return {
        "languages": ["en"],
        "title": {"en": title},
        "lanes": [{"id": lane, "name": {"en": lane.title()}} for lane in lanes],
        "sections": [
            {
                "id": f"part-{i}",
                "title": {"en": name},
                "period": period,
                "question": {"en": "What changed?"},
                "summary": {"en": "Water moved."},
                "events": events,
            }
            for i, (name, period, events) in enumerate(sections)
        ],
    }
