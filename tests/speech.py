"""Who speaks in a text, for the tests of whose a pronoun or an office is."""

from index.speech.attribution import attribute_text


def name_last(text, parser):
    """Return the name of who speaks in the last statement of a text."""
    return attribute_text(text, parser)[-1].name
