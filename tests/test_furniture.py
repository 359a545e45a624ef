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
        "Got a story? WhatsApp us on 0700 000 000.",
        "Were you in Harrowby? Send us your pictures of the flood.",
        "If you have an interesting story idea, email our newsdesk at desk@courier.example.",
        "Enjoyed this? Independent journalism costs money.",
        "Like what you’re reading? Click here for more.",
        "Support local journalism. Subscribe to the Courier today.",
        "Please consider supporting our journalism from three crowns a month.",
        "Thank you for supporting our journalism.",
        "The flood, day by day: Sign up for our weekly newsletter.",
        "Ada Pell covers the council for the Courier. Reach her at a.pell@courier.example.",
        "The Courier app brings you the news as it happens. Download it for puzzles and more.",
        "If you buy something using links in our stories, we may earn a commission.",
        "Can't see the map? Click here to reload the page.",
        "Sign up to our newsletter",
        "Read more: Harrowby counts its boats",
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
        "Was the fridge broken? Tell us what you know.",
        "“Got a story? Text us,” the poster said.",
        "Who will pay? The council says to contact our neighbours in Castleway.",
        "Independent journalism is dying, the union warned.",
        "Support for local journalism has fallen, according to the union.",
        "He liked this town. Did it like him?",
        "The union wants readers to consider what our journalism is worth, she wrote.",
        "The water will rise again. Sign up for our newsletter.",
        "Police will reach her at the farm.",
        "Thank you for nothing, the mayor was told.",
    ],
)
def test_leaves_sentences_alone(line: str) -> None:
    """A sentence or heading that uses the words of furniture is not furniture."""
    assert not is_furniture(line)
