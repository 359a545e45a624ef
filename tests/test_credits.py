from __future__ import annotations

import pytest

from index.texts.credits import take_credit


@pytest.mark.parametrize(
    ("paragraph", "rest", "credit"),
    [
        (
            "Troops leave the town. Image: makalex69/Shutterstock.com",
            "Troops leave the town.",
            "makalex69/Shutterstock.com",
        ),
        (
            "The square on Monday (Photo by A. Name/Getty Images)",
            "The square on Monday",
            "A. Name/Getty Images",
        ),
        (
            "The square on Monday. REUTERS/A. Name/File Photo",
            "The square on Monday.",
            "REUTERS/A. Name/File Photo",
        ),
        ("The mayor waves. (AP Photo/A. Name)", "The mayor waves.", "AP Photo/A. Name"),
        ("The mayor waves. Photograph: Ann Name/The Courier", "The mayor waves.", "Ann Name/The Courier"),
        ("Photo: courtesy of the family", "", "courtesy of the family"),
        ("(Getty Images)", "", "Getty Images"),
        ("File photo", "", "File photo"),
        ("Міст після повені. Фото: Олена Приклад", "Міст після повені.", "Олена Приклад"),
    ],
)
def test_takes_credits_and_leaves_captions(paragraph: str, rest: str, credit: str) -> None:
    """The credit goes, whether it stands alone or ends a caption; the caption's words stay."""
    assert take_credit(paragraph) == (rest, (credit,))


@pytest.mark.parametrize(
    "paragraph",
    [
        "The minister shared a video: Rep. Mike denounced it",
        "He spoke to the agency (Reuters had asked first).",
        "The image: a man alone before the bridge, waiting",
        "Officials told Reuters he will run",
        "She gave credit: it was the crew who saved them.",
        "Nobody took a picture",
        "It happened at 5:40 in the photo",
    ],
)
def test_leaves_sentences_alone(paragraph: str) -> None:
    """A sentence that speaks of pictures, credit or agencies is not a credit."""
    assert take_credit(paragraph) == (paragraph, ())
