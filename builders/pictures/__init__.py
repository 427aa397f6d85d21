"""PNG, JPEG and SVG, read safely."""
