"""Speech in digests of what others reported: who is quoted by whom, and who speaks for a medium."""

import pytest

from index.speech.attribution import attribute_text


def shown(text, parser):
    """Return who is shown as the speaker of each statement, the role, the chain and the label."""
    return [
        (
            each.name or (text[slice(*each.speaker)] if each.speaker else None),
            each.role,
            each.chain,
            each.label.value,
        )
        for each in attribute_text(text, parser)
        if each.confidence >= 0.85
    ]


def names(text, parser):
    """Return who is shown as the speaker of each statement."""
    return [name for name, *_ in shown(text, parser)]


@pytest.mark.parametrize("verb", ["quoted", "cited"])
@pytest.mark.parametrize(
    "text",
    [
        "“We shall dig on,” Reuters {} Jane Roe as saying.",
        "Reuters {} Jane Roe as saying that they would dig on.",
    ],
)
def test_whom_a_medium_quotes_as_saying_something_speaks(text, verb, parser):
    """The medium is the chain; whose “him” it quotes is not guessed."""
    assert shown(text.format(verb), parser) == [("Jane Roe", None, ("Reuters",), "second-hand")]
    told = f"The captain, John Doe, met Ada Fell. “It was fun,” Reuters {verb} him as saying."
    assert names(told, parser) == ["him"]


def test_a_medium_behind_a_colon_and_a_quotation_passes_it_on(parser):
    """It reports that somebody said so."""
    text = "Councillor Jane Roe said: “The quay is safe,” Varn News reported."
    assert ("Jane Roe", "Councillor", ("Varn News",), "stated") in shown(text, parser)
    assert [text[slice(*each.content[0])] for each in attribute_text(text, parser)][
        -1
    ] == "“The quay is safe,”"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The key point of the Varn plans, said Tim Sayle, a historian in Orle, “has been the gate”.",
            "Tim Sayle",
        ),
        ("In a town with “old walls”, dust and violence, said Vox, his success “is a marvel”.", "Vox"),
        ("Two men were hurt as Kai Senn, who keeps the quay, said that it was late.", "Kai Senn"),
        (
            "Speaking to Varn News, the activist, whose campaign against a mill was turned into a Julia Roe "
            "movie, said: “I need the town to act for themselves.”",
            "the activist",
        ),
        (
            "As well as “some form of panic”, president of the VA, Edmund Roe, also warned “the odd sound "
            "could mean they reach for the phone”, increasing the risk of a fine.",
            "Edmund Roe",
        ),
        (
            "Speaking to BBV Radio 4’s Today programme, Professor Stephen Powe, NVS England’s national "
            "medical director, said that the 96-hour walkout would be “the most disruptive industrial action "
            "in NVS history”.",
            "Stephen Powe",
        ),
        (
            '"Behind even the most impressive wall are people," said The Verge, and any club trying to be '
            'quick requires "huge numbers of people labelling data".',
            "The Verge",
        ),
        (
            "The gate is under scrutiny “from fans and managers alike”, said the Sentinel after a survey for "
            "Sky Sports found that 67% of fans believe it makes watching less fun.",
            "a survey for Sky Sports",
        ),
        (
            "One of the hikers, the former clerk and court lawyer Neal Katz, wrote that it was late.",
            "Neal Katz",
        ),
        ("One of the men, a friend of the mayor Jane Roe, said that it was late.", "One of the men"),
        (
            "The town will send its young to the farms, said Ada Bücher in Neue Varner Zeitung (Varn).",
            "Ada Bücher",
        ),
        (
            "The road is open, the Société d’Exploitation de la Tour Varn added.",
            "Société d’Exploitation de la Tour Varn",
        ),
        ("Ruvia's General Staff said that it was late.", "Ruvia's General Staff"),
        ("The army's General Command said that it was late.", "The army's General Command"),
        (
            "A woman who was bullied for decades over her six-foot-one height says she’s found calm.",
            "A woman who was bullied for decades over her six-foot-one height",
        ),
    ],
)
def test_who_speaks_in_a_digest(text, speaker, parser):
    """By the order of words, where the parser takes somebody or something else for the subject."""
    assert speaker in names(text, parser), shown(text, parser)


def test_a_name_is_followed_by_letters_of_honour(parser):
    """Which are shown, and are not the surname."""
    text = (
        "Ada Gerr KC, a judge, agreed that it was late. It is “an exercise in the rule of many”, Gerr added."
    )
    assert names(text, parser) == ["Ada Gerr KC", "Ada Gerr KC"]


def test_a_verb_that_opens_a_sentence_is_no_part_of_a_name(parser):
    """“Praising Harry’s decision”."""
    text = (
        "Prince Harry has said that he will come next month.\n\nPraising Harry’s decision to attend the "
        "feast as “the most pragmatic move”, Ada Roe also added that “it is now highly unlikely”."
    )
    assert names(text, parser) == ["Harry", "Ada Roe"]


def test_a_magazine_called_insider_is_no_source_without_a_name(parser):
    """An insider is."""
    text = "The dump is “clearly visible”, Insider reported. An insider said that it was late."
    assert [label for *_, label in shown(text, parser)] == ["second-hand", "anonymous"]


def test_a_medium_of_one_word_is_not_he(parser):
    """Where it tells of somebody who may be."""
    text = "The referee Luigi Collin also feels that it adds to the game, said Goal. “I like it,” he said."
    assert names(text, parser)[-1] == "he"


def test_what_is_told_to_a_programme_begins_behind_its_name(parser):
    """“told Varn Radio’s “Wake Up” that …”."""
    text = "John Lytt, head of Boohoo, told Varn Radio 5 Live’s “Wake Up” in 2021 that haste is the “trend”."
    assert [text[slice(*each.content[0])] for each in attribute_text(text, parser)] == [
        "that haste is the “trend”"
    ]


def test_a_condition_is_nothing_said(parser):
    """“but agreed, if she promised to work”; a whole sentence behind it is."""
    text = "They frowned when she said she would paint, said the Sentinel, but agreed, if she vowed to work."
    contents = [text[slice(*each.content[0])] for each in attribute_text(text, parser)]
    assert not [each for each in contents if each.startswith(("if", "agreed"))]
    text = "The club notes, if the strike goes on for long, trains could be late."
    assert names(text, parser) == ["The club"]


def test_a_quoted_word_does_not_cut_a_role(parser):
    """What is behind it tells more than the article before it."""
    text = "Rafael Curr, a “bold” special prosecutor in Varn, left. “It is late,” Curr said."
    assert shown(text, parser)[0][:2] == ("Rafael Curr", "special prosecutor in Varn")


def test_somebody_s_wife_is_not_who_was_named_before(parser):
    """A relative of somebody else is nobody’s epithet."""
    text = (
        "Dougie Rour, mate of the Bright Hope, told us he could see a light.\n\nAn opposition site quotes "
        "the wife of a sailor on the Sturgeon as saying that he rang her on Tuesday."
    )
    assert names(text, parser)[-1] == "the wife of a sailor on the Sturgeon"


def test_where_somebody_is_has_no_role(parser):
    """“asylum in Kastria, the head of the army replied”."""
    text = (
        "Asked if it was true that Ilse Fenn has been granted asylum in Kastria, the head of diplomacy "
        "replied that he had learned of it “from the radio”."
    )
    assert names(text, parser) == ["the head of diplomacy"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Low water is the more likely cause, its inspector, Pia Roe, told Torpress by e-mail.", "Pia Roe"),
        ("The island’s council has asked the army for a helicopter, its chair, Ada Roe, said.", "Ada Roe"),
    ],
)
def test_a_tag_closes_a_sentence_without_marks(text, speaker, parser):
    """It tells who says all that stands before it."""
    (found,) = (each for each in attribute_text(text, parser) if each.confidence >= 0.85)
    assert (found.name, text[slice(*found.content[0])]) == (speaker, text[: text.index(", its")])


def test_a_clause_that_leads_to_the_cue_is_not_said(parser):
    """“When he left, the mayor, Jane Roe, said nothing.”."""
    assert names("When he left, the mayor, Jane Roe, said nothing.", parser) == []
