"""Wordings of reported speech as different journalists use them, on invented texts."""

import pytest

from index.datatypes import Label
from index.speech.attribution import attribute_text

SHOWN = 0.85


def read(text, parser):
    """Return (mention, content) of every statement, at every level."""
    return [
        (
            text[slice(*one.speaker)] if one.speaker else None,
            " … ".join(text[slice(*span)] for span in one.content),
        )
        for one in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Economist Lena Brask holds that the sale was rushed.", "that the sale was rushed"),
        ("Doe holds that title for life.", None),
        ("They never hold anybody so firmly that guests want to leave.", None),
        ("Police put the crowd at 2,000.", "the crowd at 2,000"),
        ("Officials put the number of dead at 40.", "the number of dead at 40"),
        ("Officials put the number of the gate at the top.", None),
        ("As analyst Mia Holt puts it, the tunnel is a monument.", "the tunnel is a monument"),
        ("It was shut because, as Roe put it, “nobody came at all.”", "“nobody came at all.”"),
        ("‘It stinks to high heaven,’ raged Bo Lind, 44.", "‘It stinks to high heaven,’"),
        ("In Holt’s view, it should never have been dug.", "it should never have been dug"),
        ("Prices, says the central bank, will rise until May.", "Prices … will rise until May"),
        ("Not so, insists the minister.", "Not so"),
    ],
)
def test_set_phrases_report(text, told, parser):
    assert told in [content for _, content in read(text, parser)] or told is None
    if told is None:
        assert read(text, parser) == []


@pytest.mark.parametrize(
    "text",
    [
        "Roe would neither confirm nor deny the sale.",
        "Roe did not confirm or deny that the port was sold.",
        "Roe declined to confirm or deny the sale.",
    ],
)
def test_who_neither_confirms_nor_denies_does_neither(text, parser):
    """It is no denial, whatever the verb beside the object."""
    labels = {one.label for one in attribute_text(text, parser)}
    assert not labels & {Label.DENIED, Label.CONFIRMED}


def test_a_name_before_the_verb_is_who_speaks(parser):
    """Two names around the verb: the one with the clause behind it says it, a thing before it does not."""
    text = "Ann Roe, the mayor, said the minister, Celia Doe, had promised her that it would stay open."
    assert read(text, parser)[0] == (
        "Ann Roe, the mayor",
        "the minister, Celia Doe, had promised her that it would stay open",
    )
    assert read("The bridge, said the mayor, will open in May.", parser)[0][0] == "the mayor"


@pytest.mark.parametrize(
    ("text", "mention", "shown"),
    [
        ("A ward was left unlocked for two nights, a nurse has claimed.", "a nurse", True),
        ("The price will double, analysts warn.", "analysts", True),
        ("They should open early, answer letters, add photos.", "photos", False),
        ("The roof fell in: a neighbour asked people to stay away.", "a neighbour", False),
    ],
)
def test_cue_at_the_end_is_as_sure_as_what_follows_it(text, mention, shown, parser):
    found = {text[slice(*one.speaker)]: one for one in attribute_text(text, parser) if one.speaker}
    assert (mention in found and found[mention].confidence >= SHOWN) is shown


def test_cue_in_somebodys_quotation_is_not_the_reporters(parser):
    text = "He was “polite as long as you say what he wants to hear,” said Bell."
    assert [mention for mention, _ in read(text, parser)] == ["Bell"]


def test_relative_clause_is_not_of_who_spoke_before_it(parser):
    text = "Mukasey criticised the dam, which engineers said would flood the valley."
    told = read(text, parser)
    assert ("Mukasey", "the dam") in told
    assert ("engineers", "which … would flood the valley") in told


def test_reporters_remark_behind_a_quotation_is_left_out(parser):
    text = "Brandt said the road was “unfit for goats,” which drew laughter."
    assert read(text, parser) == [("Brandt", "the road was “unfit for goats,”")]
    text = "He said the show, called “Varn,” which Doe owns, would end."
    assert read(text, parser) == [("He", "the show, called “Varn,” which Doe owns, would end")]


def test_source_cited_behind_a_clause_is_not_the_owner_of_its_pronoun(parser):
    text = "She later compared the trial to a “circus,” according to Bell’s diary."
    assert ("Bell’s diary", "She later compared the trial to a “circus,”") in read(text, parser)
    text = "Varn reported no victims, according to the mayor."
    assert read(text, parser)[0] == ("the mayor", "Varn reported no victims")
    assert not any("according" in content for _, content in read(text, parser))


def test_colon_is_led_to_by_the_head_of_its_sentence(parser):
    text = "When Doe died, Jane Roe released the following note:\n\n“We mourn a friend and a neighbour.”"
    assert read(text, parser) == [("Jane Roe", "“We mourn a friend and a neighbour.”")]


def test_who_cuts_in_is_not_quoted_as_the_other(parser):
    text = "“Give her my love,” Roe said, and her brother cut in. “And tell her the goat has died.”"
    assert ("Roe", "“Give her my love,”") in read(text, parser)
    assert not any("goat" in content and mention == "Roe" for mention, content in read(text, parser))


def test_name_within_a_closed_phrase_does_not_speak(parser):
    text = "Speaking in Lorn, Brandt, without naming him, also accused Olsen of being a liar."
    assert read(text, parser) == [("Brandt", "Olsen of being a liar")]


def test_subject_of_what_is_stated_is_not_lost(parser):
    text = "They state their goal is to reopen the pit."
    assert read(text, parser) == [("They", "their goal is to reopen the pit")]


def test_outlet_glued_to_a_name_is_no_part_of_it(parser):
    text = "Lumos chief executive Dana Weir cut jobs. Speaking to TechCrunch Weir said sales were flat."
    assert attribute_text(text, parser)[-1].name == "Dana Weir"


def test_medium_that_speaks_is_no_link_to_itself(parser):
    text = (
        "According to a report in the Daily Lantern, an aide told the state agency that two divers drowned."
    )
    assert attribute_text(text, parser)[0].chain == ()


def test_cue_is_no_part_of_a_role(parser):
    text = "“Who will pay?” asked councillor Reg Small."
    assert attribute_text(text, parser)[0].role == "councillor"


def test_full_name_answers_right_behind_a_question(parser):
    answer = "Ravi Denholm: Because nobody wanted it."
    text = f"Ravi Denholm runs the ferry.\n\nCourier: Why did it fail?\n\n{answer}"
    assert read(text, parser) == [("Ravi Denholm", "Because nobody wanted it.")]
    text = text.replace("Courier: ", "")
    assert read(text, parser) == []
    text = f"{text}\n\nWill it ever run again?\n\nRavi Denholm: I hope so."
    assert [content for _, content in read(text, parser)] == ["Because nobody wanted it.", "I hope so."]


def test_label_that_names_nobody_answers_nothing(parser):
    text = "The ferry is shut.\n\nCourier: Why did it fail?\n\nRead More: The end of the ferry."
    assert read(text, parser) == []
