"""Whether shapes lie within an extent, wholly or in part."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def is_shown(shapes: Sequence[BaseGeometry], west: float, south: float, east: float, north: float) -> bool:
    """Return whether any of the shapes (degrees) meets an extent, turned by whole circles where it needs."""
    turns = [shapely.box(west + by, south, east + by, north) for by in (-720, -360, 0, 360, 720)]
    return bool(shapely.intersects(np.array(shapes)[:, None], turns).any())
