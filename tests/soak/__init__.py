"""Long runs with hostile input: seeded mutations of outlines, checked and built; `soak` runs them."""
