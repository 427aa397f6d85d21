"""Equal-area projections of the sphere, fitted to what a map shows.

Formulas: Snyder, "Map Projections: A Working Manual" (USGS Professional Paper 1395, 1987), chapters 10 and
14; Šavrič, Patterson, Jenny, "The Equal Earth map projection" (IJGIS 33, 2019). Angles are degrees; x and y
are kilometres on the ground at true scale, x to the east and y to the north.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS = 6371.007  # km, of the sphere that has the ellipsoid's area
Array = NDArray[np.float64]
MOST_CONIC_HEIGHT, MOST_CONIC_WIDTH = 80.0, 220.0  # degrees: what is larger is drawn as Equal Earth
POLAR_EDGE = 75.0  # degrees of latitude: an extent all round a pole is drawn around it


@dataclass(frozen=True, slots=True)
class MapExtent:
    """What a map shows, in degrees; `east` is greater than `west`, and beyond 180 over the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


class Projection(Protocol):
    """From degrees to kilometres on a plane. The plane is cut opposite `meridian`."""

    @property
    def meridian(self) -> float:
        """The longitude of the middle."""

    @property
    def is_polar(self) -> bool:
        """Whether a map goes round a pole: then the plane is not cut."""

    def project(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Return x and y of points within 180 degrees of the meridian."""


@dataclass(frozen=True, slots=True)
class AlbersConic:
    """Albers' equal-area conic with two standard parallels (Snyder, 14-1 to 14-6).

    With both at a pole it is Lambert's azimuthal equal-area in polar aspect; with parallels as far north as
    south it is the cylindrical equal-area (10-1, 10-2).
    """

    meridian: float
    low: float  # the standard parallels
    high: float

    @property
    def is_polar(self) -> bool:
        """Whether both standard parallels are a pole."""
        return abs(self.low) == abs(self.high) == 90

    def project(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Return x and y in kilometres."""
        first, second = np.sin(np.radians([self.low, self.high]))
        n = (first + second) / 2
        theta, sine = np.radians(longitude - self.meridian), np.sin(np.radians(latitude))
        if abs(n) < 1e-6:
            width = np.cos(np.radians(self.low))
            return EARTH_RADIUS * theta * width, EARTH_RADIUS * sine / width
        c = 1 - first**2 + 2 * n * first
        rho = EARTH_RADIUS * np.sqrt(np.maximum(c - 2 * n * sine, 0)) / n
        middle = EARTH_RADIUS * np.sqrt(max(c - 2 * n * n, 0.0)) / n  # the parallel whose sine is n
        return rho * np.sin(n * theta), middle - rho * np.cos(n * theta)


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection, for maps of the world and of half of it."""

    meridian: float
    is_polar: bool = False

    def project(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Return x and y in kilometres."""
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        m = np.sqrt(3) / 2
        theta = np.arcsin(m * np.sin(np.radians(latitude)))
        square = theta * theta
        sixth = square**3
        slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
        x = np.radians(longitude - self.meridian) * np.cos(theta) / (m * slope)
        y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
        return EARTH_RADIUS * x, EARTH_RADIUS * y


def choose_projection(extent: MapExtent) -> AlbersConic | EqualEarth:
    """Return the equal-area projection that bends the shapes of an extent least."""
    width, height = extent.east - extent.west, extent.north - extent.south
    middle, latitude = extent.middle
    if width > MOST_CONIC_WIDTH and extent.north >= POLAR_EDGE and extent.south > 0:
        return AlbersConic(middle, 90, 90)
    if width > MOST_CONIC_WIDTH and extent.south <= -POLAR_EDGE and extent.north < 0:
        return AlbersConic(middle, -90, -90)
    if width > MOST_CONIC_WIDTH or height > MOST_CONIC_HEIGHT:
        return EqualEarth(middle)
    if abs(latitude) < height / 4:  # both sides of the equator alike
        parallel = abs(latitude) + height / 4
        return AlbersConic(middle, -parallel, parallel)
    return AlbersConic(middle, extent.south + height / 6, extent.north - height / 6)
