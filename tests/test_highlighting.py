"""The words of a quote that answer."""

from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Span
from index.quotes.highlighting import find_highlights
from index.quotes.relevance import prepare_question
from index.quotes.terms import Rarity

RARITY = Rarity(100, lambda word: 1)


def highlight(question, text, core=None):
    asked = prepare_question(question, RARITY)
    return [text[s.start : s.end] for s in find_highlights(asked, text, core or Span(0, len(text)))]


def test_a_number_answers_how_many():
    """Of two numbers the one beside the question's words is marked."""
    text = "Over 30 towns came under fire, along with 20 communities elsewhere."
    assert highlight("How many communities came under fire?", text) == ["20"]
    assert highlight("How many towns came under fire?", text) == ["Over 30"]


def test_a_date_answers_when():
    """The day is marked whole."""
    assert highlight("When was Borova liberated?", "On October 3, Borova was liberated.") == ["October 3"]


def test_a_name_answers_who():
    """The name that the question does not give."""
    text = "The deputy head, Andriy Kanashevych, called the reports an attack."
    assert highlight("Who called the reports an attack?", text) == ["Andriy Kanashevych"]


def test_a_list_of_names_answers_as_a_whole():
    """Names joined by commas and "and" belong together."""
    text = "The towns of Borova, Pidlyman and Shyikivka were liberated."
    assert highlight("Which towns were liberated?", text) == ["Borova", "Pidlyman", "Shyikivka"]


def test_nothing_is_marked_where_the_words_cannot_be_told():
    """A question for a reason or an opinion marks nothing."""
    assert highlight("Why did the bridge close?", "The bridge closed because of Ada Voss.") == []


def test_nothing_is_marked_outside_the_chosen_sentence():
    """What was added for the reader's sake did not answer."""
    text = "Ada Voss spoke. She met Lena Orth at the bridge."
    assert highlight("Who was met at the bridge?", text, Span(16, len(text))) == ["Lena Orth"]


@given(
    st.sampled_from(["Who left?", "How many left?", "When?", "Where?", "How much?"]), st.text(max_size=200)
)
def test_highlights_are_disjoint_and_inside(question, text):
    """Whatever the text, highlights are non-empty slices in order."""
    reached = 0
    for span in find_highlights(prepare_question(question, RARITY), text, Span(0, len(text))):
        assert reached <= span.start < span.end <= len(text)
        reached = span.end
