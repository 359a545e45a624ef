"""What does not belong to a statement's content, on invented texts."""

from index.speech.attribution import attribute_text

WORDS = "“I would have kept the old one,”"


def list_contents(text, parser):
    return [[text[start:end] for start, end in each.content] for each in attribute_text(text, parser)]


def test_what_leads_to_a_quotation_with_a_colon_is_not_its_content(parser):
    """Words that lead to a quotation with a colon are no part of what was said."""
    assert list_contents(f"Roe was less glad of the quay: {WORDS} she told reporters.", parser) == [[WORDS]]


def test_when_and_where_a_name_was_called_is_not_its_content(parser):
    """Of a name that somebody called a thing, no words that tell when or where are content."""
    text = "Roe called the new quay “rigged” in a letter on Tuesday."
    assert list_contents(text, parser) == [["the new quay “rigged”"]]
    text = "Roe called the plan “a rush to judgment” of the board."
    assert list_contents(text, parser) == [["the plan “a rush to judgment” of the board"]]


def test_a_cue_before_a_colon_has_the_quotation_behind_it(parser):
    """What another yells behind a colon is not what the first speaker of the sentence said."""
    text = (
        "“Apparently there's a young man who has some problems,” Roe said as the heckler yelled: “You lie!”"
    )
    found = [
        ([text[start:end] for start, end in each.content], text[slice(*each.speaker)])
        for each in attribute_text(text, parser)
    ]
    assert found == [
        (["“Apparently there's a young man who has some problems,”"], "Roe"),
        (["“You lie!”"], "the heckler"),
    ]
