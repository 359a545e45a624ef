"""Trees that the parser reads wrongly are mended by the order of words, on invented texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speech.attribution import attribute_text
from index.speech.mending import Tree, mend_tree


def read(text, parser):
    """Return the name, role and written mention of each statement."""
    return [
        (each.name, each.role, text[slice(*each.speaker)] if each.speaker else None)
        for each in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("“He was told twice,” said the editor-in-chief, Jane Roe.", "Jane Roe", "editor-in-chief"),
        ("The vice-president, Jane Roe, said the plan was dead.", "Jane Roe", "vice-president"),
        (
            "A co-founder of the firm, Jane Roe, said the plan was dead.",
            "Jane Roe",
            "co-founder of the firm",
        ),
        ("An ex-worker said the fridge was broken.", "An ex-worker", None),
        ("My sister-in-law said the fridge had a sticky note on it.", "My sister-in-law", None),
    ],
)
def test_a_word_with_hyphens_is_one(text, name, role, parser):
    """No part of it is cut off, and the name beside it stays."""
    assert [found[:2] for found in read(text, parser)] == [(name, role)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("It was not known who shelled Varn, a source in the port told Halyard.", "a source in the port"),
        ("The fire started in Varn, a firefighter who asked not to be named said.", "a firefighter"),
    ],
)
def test_what_stands_beside_a_place_and_before_the_cue_speaks(text, speaker, parser):
    """The place is no name of the source behind its comma."""
    assert speaker in [written for _, _, written in read(text, parser)]
    assert not any(name == "Varn" for name, _, _ in read(text, parser))


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe confirmed for the first time that her client had been there.",
        "Jane Roe admitted for the second time that her client had been there.",
    ],
)
def test_what_is_said_for_the_first_time_is_the_clause(text, parser):
    """It is no part of “time”."""
    (found,) = attribute_text(text, parser)
    assert [text[slice(*span)] for span in found.content] == ["that her client had been there"]
    assert found.confidence >= 0.85


@given(st.data())
def test_any_tree_stays_one(data):
    """Whatever is mended, every word hangs on the head of a sentence."""
    size = data.draw(st.integers(1, 9))
    heads = [data.draw(st.integers(0, at)) for at in range(size)]
    order = data.draw(st.permutations(range(size)))
    moved = [0] * size
    for at, head in enumerate(heads):
        moved[order[at]] = order[head]
    tree = Tree(
        words=data.draw(st.lists(st.sampled_from(["a", ",", "in", "-", "as"]), min_size=size, max_size=size)),
        tags=data.draw(st.lists(st.sampled_from(["NN", "VBD", "CC", ","]), min_size=size, max_size=size)),
        relations=data.draw(
            st.lists(
                st.sampled_from(["nsubj", "appos", "ccomp", "relcl", "punct", "agent", "prep"]),
                min_size=size,
                max_size=size,
            )
        ),
        heads=moved,
        tied=data.draw(st.lists(st.booleans(), min_size=size, max_size=size)),
    )
    mend_tree(tree)
    assert tree.is_sound()
    assert len(tree.relations) == len(tree.heads) == size
