from __future__ import annotations

import pytest

from index.texts.furniture import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT Article continues below this ad",
        "Share",
        "Share on Facebook",
        "Facebook Twitter Whatsapp Reddit Email Share",
        "Share this story: Mail | Copy link | Chirrup",
        "Read more: What the mayor said next",
        "Related",
        "READ MORE",
        "Читайте також: Що сказав мер",
        "Sign up for our newsletter",
        "Subscribe now",
        "Get the latest news with our breaking news alerts",
        "Follow Jane Doe on Twitter: @janedoe",
        "Follow us on Facebook",
        "CLICK HERE TO GET THE APP",
        "12 comments",
        "Leave a comment",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "© 2024 The Courier",
        "4 min read",
        "* * *",
        "___",
        "Реклама",
    ],
)
def test_knows_the_furniture_of_a_page(line: str) -> None:
    """Lines that belong to the page and not to the report are told."""
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by four per cent on Tuesday.",
        "Facebook",
        "Twitter",
        "The advertisement was withdrawn, he said.",
        "He follows the mayor on Twitter.",
        "Sign up by texting HELP to 555 to be warned of floods.",
        "Read my lips, the minister said: no new taxes.",
        "Comments by the minister drew anger.",
        "Related charges were dropped, the court said.",
        "“Subscribe to nothing,” she said.",
        "Copyright law is old.",
        "Join the army, his father told him.",
        "No.",
    ],
)
def test_leaves_sentences_alone(line: str) -> None:
    """A sentence or heading that uses the words of furniture is not furniture."""
    assert not is_furniture(line)
