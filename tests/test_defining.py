"""Whether a sentence says who somebody is, beside the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotes.defining import defines, rate_definition
from index.quotes.terms import split_terms, stem_words


def tells(text, name="Piers Andvik"):
    return defines(text, split_terms(text), stem_words(name))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Piers Andvik, the mayor of Varn, said so.", True),
        ("Piers Andvik, head of sales at the mill, said so.", True),
        ("Andvik, who has run the mill since May, said so.", True),
        ("Andvik is the mayor of Varn.", True),
        ("The former pilot Piers Andvik said so.", True),
        ("Race director Piers Andvik said so.", True),
        ("The mill belongs to a man called Piers Andvik.", True),
        ("“They lied,” said Varn's mayor, Piers Andvik.", True),
        ("The mill was sold to Piers Andvik.", False),
        ("Ada Voss, the mayor of Varn, told Piers Andvik so.", False),
        ("In May, Andvik, in a letter, denied it.", False),
        ("Ada Voss, who runs Andvik, is up.", False),
        ("Ada Voss of Andvik, who did not come, said so.", False),
        ("Her time as head of Andvik was an exercise.", False),
        ("He has no stake in any Andvik company.", False),
        ("They are in talks with investment firm Andvik.", True),
        ("Nobody spoke.", False),
    ],
)
def test_a_name_is_explained_by_what_stands_beside_it(text, told):
    """By an apposition, a relative clause or a noun that is the name's own."""
    assert tells(text) is told


def test_part_of_a_name_is_enough():
    """What is called by one of its words goes on with the others."""
    assert tells("Pellworth Laboratories, which makes the drip, said so.", "Pellworth")


def test_beside_the_name_counts_most():
    """A sign elsewhere in the sentence may explain something else."""
    beside, elsewhere, nowhere = (
        rate_definition(text, split_terms(text), stem_words("Andvik"), signs)
        for text, signs in (
            ("Andvik, a baker, left.", [1]),
            ("Andvik met Roe, a baker.", [1]),
            ("Andvik left.", []),
        )
    )
    assert beside > elsewhere > nowhere == 0


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_read(text, name):
    """What does not hold a word of the name explains it nowhere."""
    assert not tells(text, name) or stem_words(text) & stem_words(name)
