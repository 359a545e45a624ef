from __future__ import annotations

from index.texts.embeds import take_embeds

SIGNATURE = "— Harbour Watch (@harbourwatch) February 8, 2023"


def test_reported_sentences_before_a_post_stay() -> None:
    """Of a post that reads as reporting, only hashtags, links and signature leave the quotable text."""
    rest, taken = take_embeds(
        f"The port says two ships sank. The union says three. #Ellis pic.twitter.com/aB3 {SIGNATURE}"
    )
    assert rest == "The port says two ships sank. The union says three."
    assert taken == (f"#Ellis pic.twitter.com/aB3 {SIGNATURE}",)


def test_chatter_leaves_with_its_signature() -> None:
    """A post that is unfinished, or has emoji or mentions, is no reporting and goes as a whole."""
    for words in ("Nobody tells us anything 🚛", "so it begins", "Look at this, @mayor!"):
        assert take_embeds(f"{words} #Ellis {SIGNATURE}").rest == ""


def test_a_statement_keeps_its_signature() -> None:
    """Finished sentences in the first person are never parted from the words that say whose they are."""
    paragraph = f"I regret my part in the decision. {SIGNATURE}"
    assert take_embeds(paragraph) == (paragraph, ())
    rest, taken = take_embeds(f"I regret my part in the decision. pic.twitter.com/aB3 {SIGNATURE}")
    assert (rest, taken) == (paragraph, ("pic.twitter.com/aB3",))


def test_text_after_a_post_is_a_paragraph_of_its_own() -> None:
    """A post that a page ran into the next paragraph is cut out between the two."""
    rest, _ = take_embeds(f"Two ships sank. {SIGNATURE} The search goes on.")
    assert [line.strip() for line in rest.split("\n")] == ["Two ships sank.", "The search goes on."]


def test_leaves_sentences_with_handles_alone() -> None:
    """A handle or a dash in a sentence makes no post."""
    for text in (
        "The account (@harbourwatch) was closed on February 8, 2023.",
        "A ship — the Maud — sank (@ the pier).",
    ):
        assert take_embeds(text) == (text, ())


def test_runs_of_links_are_read_in_bounded_time() -> None:
    """Links and hashtags without end, which could be told apart in many ways, are read in one."""
    text = "https://a.example/" * 900 + " (@nobody"
    assert take_embeds(text) == (text, ())
