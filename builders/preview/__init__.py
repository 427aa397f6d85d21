"""The preview: a local page that shows guide, deck and poster, lists the faults, and follows each save."""
