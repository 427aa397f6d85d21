"""Temario: one YAML outline of a history course builds a study guide, a deck and a poster."""
