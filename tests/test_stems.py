from index.texts.stems import stem_word


def test_inflected_forms_of_a_word_share_a_stem():
    """A question's verb meets the noun that a report uses."""
    for group in (
        ("evacuated", "evacuation", "evacuating"),
        ("denied", "denies", "deny"),
        ("evacuate", "evacuated", "evacuates"),
        ("towns", "town", "town’s", "Town's"),
    ):
        assert len({stem_word(word) for word in group}) == 1, group


def test_numbers_lose_their_separators_only():
    """1,200 and 1200 are one number, 12 another."""
    assert stem_word("1,200") == stem_word("1200") != stem_word("12")
