"""The earth: coasts and countries, equal-area projections, shapes from files. Degrees, longitude first."""
