"""Pages that stand before a report, or list headlines, are failures that say so; reports never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Failure, RawArticle
from index.settings import ReadingSettings
from index.sources import read_bytes
from index.sources.gates import explain_gate

PAGE = "<!doctype html><html><head><title>{title}</title></head><body><main>{body}</main></body></html>"
SENTENCE = "The mayor of Varn opened the lock on Tuesday, and boats went through it for the first time. "


def read(title, *paragraphs):
    """Return what reading a page of paragraphs yields."""
    page = PAGE.format(title=title, body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    (found,) = read_bytes(page.encode(), "page.html", ReadingSettings())
    return found


@pytest.mark.parametrize(
    ("title", "paragraphs", "said"),
    [
        ("The Courier", ["Sign in to continue.", "Already a member? Forgot your password?"], "Sign in to"),
        ("404 Not Found", ["The page that you asked for does not exist. Try the search."], "404 Not Found"),
        ("Just a moment...", ["Checking your browser before you go on. It takes five seconds."], "Checking"),
        ("Access Denied", ["You do not have permission to view this page on the server."], "Access Denied"),
        ("Courier", ["We value your privacy.", "Partners store cookies.", "Accept all cookies"], "We value"),
        ("Страница не найдена", ["Вернитесь на главную страницу или поищите другое."], "Страница не найдена"),
    ],
)  # fmt: skip
def test_a_page_before_a_report_says_what_it_is(title, paragraphs, said):
    """The reason holds the page's own words and what to do."""
    found = read(title, *paragraphs)
    assert isinstance(found, Failure)
    assert f"“{said}" in found.reason
    assert "save that page" in found.reason


def test_a_list_of_headlines_is_no_report():
    """None of its lines is a sentence."""
    headlines = [f"Mayor of Varn opens lock number {number} of the year" for number in range(8)]
    assert "8 lines without a sentence" in explain_gate("News", headlines)
    assert explain_gate("News", [*headlines, SENTENCE]) is None


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        ("Lock opens", [SENTENCE]),
        ("Lock opens", [SENTENCE * 8, "We use cookies. Accept all cookies. Already a subscriber?"]),
        (
            "Site of the county down",
            [SENTENCE * 3, "Visitors saw a “503 error” for an hour, the county said."],
        ),
        ("锁门开放", ["市长星期二打开了水闸，这是今年第一次有船只通过。"] * 4),
        ("One line", ["Boats wait"]),
    ],
)
def test_short_reports_and_notices_below_them_are_read(title, paragraphs):
    """However short a report is, and whatever is printed below it."""
    assert explain_gate(title, paragraphs) is None
    assert len(title) < 5 or isinstance(read(title, *paragraphs), RawArticle)


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=6))
def test_any_page_is_judged(title, paragraphs):
    """No text breaks it, and one that ends a sentence without a gate's words is read."""
    reason = explain_gate(title, paragraphs)
    assert reason is None or "holds no report" in reason
