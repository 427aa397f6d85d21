"""Temario: one YAML outline of a history course builds a study guide, a lecture deck and a timeline poster."""
