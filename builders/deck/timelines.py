"""A section's timeline slide."""
from builders.deck.sheets import Topic
from builders.deck.slides import Slide
from builders.outline import Section


def timeline_slides(topic: Topic, section: Section) -> list[Slide]:
    return []
