"""Colours, faces, sizes, papers and units: the look as data, shared by all outputs."""
