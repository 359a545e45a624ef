"""What is shown of a web address, and what never is."""

import pytest

from index.texts.addresses import hide_secrets
from index.texts.cleaning import canonical_url


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ann:s3cret@a.example/feed", "https://…@a.example/feed"),
        ("ftp://ann:s3cret@a.example/feed", "ftp://…@a.example/feed"),
        ("https://ann:p@ss@a.example:81/feed", "https://…@a.example:81/feed"),
        ("http://a.example/feed?cat=3&token=abc#key=x", "http://a.example/feed?cat=3&token=…#key=…"),
        (
            "https://a.example/?api_key=1&apikey=2&X-Amz-Signature=3",
            "https://a.example/?api_key=…&apikey=…&X-Amz-Signature=…",
        ),
        ("https://a.example/.rss?feed=0f3a9c1b7e2d4f60&user=ann", "https://a.example/.rss?feed=…&user=ann"),
        (
            "https://a.example/private/6f1e9f0a-2b3c-4d5e-8f90-0a1b2c3d4e5f/rss",
            "https://a.example/private/…/rss",
        ),
    ],
)
def test_secrets_are_hidden(address, shown):
    """A name and password, what is named as a secret, and what looks drawn by lot."""
    assert hide_secrets(address) == shown
    assert hide_secrets(shown) == shown
    assert hide_secrets(f"{address}: leads to '{address}'\n") == f"{shown}: leads to '{shown}'\n"


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/2025/05/19/guards-withdrawn-from-brennica-2025-05-19-0900.html",
        "https://news.example/rss/search?q=Brennica&hl=en-GB&author=ann&keywords=gate",
        "https://video.example/feeds?channel_id=UCXuqSBlHAE6Xw-yeJA0Tunw",
        "docs/key=1/token",
        "https://",
    ],
)
def test_what_tells_one_source_from_another_stays(address):
    """Slugs, dates, searches and plain numbers are no secrets."""
    assert hide_secrets(address) == address


def test_a_report_is_linked_to_without_the_key_it_was_fetched_with():
    """Readers get the address of the report alone; a key or number that names the report stays."""
    assert canonical_url("https://u:p@a.example/x?id=6f1e9f0a2b3c4d5e&access_token=s") == (
        "https://a.example/x?id=6f1e9f0a2b3c4d5e"
    )
    assert canonical_url("https://a.example/x?key=12") == "https://a.example/x?key=12"
    assert canonical_url("https://a.example/x?key=6f1e9f0a2b3c4d5e") == "https://a.example/x"
