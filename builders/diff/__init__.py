"""What changed between two versions of an outline, in words."""
