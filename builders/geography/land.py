"""Whether a place lies on land, or near it."""

import numpy as np
import shapely

from builders.geography.base_map import load_base_map


def is_near_land(latitude: float, longitude: float, distance: float) -> bool:
    """Return whether a place lies within so many degrees of land."""
    places = shapely.points([longitude, longitude + 360, longitude - 360], latitude)
    return bool(shapely.dwithin(np.array(load_base_map().land)[:, None], places, distance).any())
