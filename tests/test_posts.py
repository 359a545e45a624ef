"""A paragraph that is somebody's post is a statement of who signs it."""

from hypothesis import given
from hypothesis import strategies as st

from index.speech.attribution import attribute_text
from index.speech.parsing import load_parser
from index.speech.posts import find_posts
from index.speech.quotations import split_paragraphs

POST = "I regret my part in it. We built this together. — Jane Roe (@jroe) February 8, 2023"


def test_a_signed_paragraph_is_its_signers():
    """As a whole, and the statements around it keep their places and what they are nested in."""
    before = "The harbour board met on Monday, the mayor said."
    after = "The board said that Ann Doe had called the plan “a mistake”."
    text = f"{before}\n\n{POST}\n\n{after}"
    statements = attribute_text(text, load_parser())
    (post,) = [one for one in statements if one.name == "Jane Roe"]
    assert [text[slice(*span)] for span in post.content] == [
        "I regret my part in it. We built this together."
    ]
    assert text[slice(*post.speaker)] == "Jane Roe"
    assert post.confidence >= 0.85
    starts = [one.content[0].start for one in statements]
    assert starts == sorted(starts)
    assert len(statements) > 2
    inner = next(one for one in statements if one.parent is not None)
    outer = statements[inner.parent].content[0]
    assert outer.start <= inner.content[0].start < outer.end


def test_a_dash_inside_a_post_is_not_its_signature():
    """The name is what stands behind the last one, with a hyphen of its own or without."""
    said = "I gain from his work- it's going to be simply incredible. Thank you…"
    for name in ("Eric Roe", "Jean-Luc Roe", "Ryan Roe 🪳", "Roe - Рой"):
        text = f"{said} — {name} (@eroe) November 17, 2023"
        (post,) = find_posts(text, split_paragraphs(text))
        assert text[slice(*post.content)] == said
        assert text[slice(*post.name)] == name


def test_a_quotation_with_a_name_below_is_that_persons():
    """A dash and a name, with a role or without, in the paragraph behind it."""
    for name, more in (("Jane Roe", ", mayor of Varn"), ("Jane Roe", "."), ("Jane van der Roe", "")):
        text = f"The vote was close.\n\n“We will not go. We stay.”\n\n- {name}{more}\n\nNobody left."
        (post,) = find_posts(text, split_paragraphs(text))
        assert text[slice(*post.content)] == "“We will not go. We stay.”"
        assert text[slice(*post.name)] == name
    for below in ("- the mayor left", "Jane Roe", "- Jane Roe left the hall on Monday."):
        text = f"“We will not go. We stay.”\n\n{below}"
        assert find_posts(text, split_paragraphs(text)) == ()


def test_only_whole_paragraphs_are_posts():
    """A dash, a handle or a date alone signs nothing."""
    for text in (
        "The board met — Jane Roe was there.",
        "Write to Jane Roe (@jroe) by 8 February.",
        "Jane Roe (@jroe) February 8, 2023",
        f"{POST} That was all she wrote.",
        "x" * 2_000 + POST,
        "",
    ):
        assert find_posts(text, split_paragraphs(text)) == ()


@given(st.text(alphabet="ab —-(@)2023\n.", max_size=300))
def test_any_text_is_read(text):
    """Offsets lie in the text, and a post has words and a name."""
    for post in find_posts(text, split_paragraphs(text)):
        assert text[slice(*post.content)].strip()
        assert text[slice(*post.name)].strip()
