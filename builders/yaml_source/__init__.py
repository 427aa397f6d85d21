"""YAML text to plain values with their places, and what a wrong text means for an editor, in plain words."""
