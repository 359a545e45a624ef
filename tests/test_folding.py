"""Quotations that a cue before them leads to, on invented texts."""

import pytest

from index.speech.attribution import attribute_text


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "Roe answered in writing, “Why now? Was that on my way?” Doe then writes back, “You are late.”",
            [("“Why now? Was that on my way?”", "Roe"), ("“You are late.”", "Doe")],
        ),
        (
            "Roe famously responded: “What does it change, and whom does it help?” Her critics called it "
            "“cold”.",
            [("“What does it change, and whom does it help?”", "Roe")],
        ),
        ("“Is it the quay?” Roe asked.", [("“Is it the quay?”", "Roe")]),
    ],
)
def test_a_quotation_that_a_cue_leads_to_ends_its_sentence(text, pairs, parser):
    """What follows a quotation behind a cue and a comma or colon is a new sentence, of somebody else."""
    found = [
        (text[each.content[0].start : each.content[-1].end], text[slice(*each.speaker)])
        for each in attribute_text(text, parser)
        if each.speaker is not None
    ]
    assert set(pairs) <= set(found)
