"""How fast: synthetic courses, other programs that set the same words, and whole cold processes timed."""
