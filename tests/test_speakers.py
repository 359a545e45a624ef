"""Speakers: mentions, owners, roles, chains and labels, on invented texts."""

import pytest

from index.datatypes import Label
from index.speech.attribution import attribute_text, draft_statements
from index.speech.settling import settle_speakers


def read(text, parser, **more):
    return attribute_text(text, parser, **more)


def mention(text, statement):
    return text[statement.speaker.start : statement.speaker.end] if statement.speaker else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour is shut, said the mayor.", "the mayor"),
        ("11:55 Not so, says the police press desk: “We have received a letter.”", "the police press desk"),
        ("SELLMAR, Velm. − Officials said that the harbour was shut.", "Officials"),
        ("“The harbour is shut,” said Jane Roe, who runs it.", "Jane Roe"),
        ("According to the port authority, the harbour is shut.", "the port authority"),
        ("A spokesman for the port told reporters that the harbour was shut.", "A spokesman for the port"),
        ("The report said the harbour was shut.", "The report"),
        ("“The harbour is shut,” tweeted harbour master Jane Roe.", "harbour master Jane Roe"),
        ("Officials who asked not to be named said the harbour was shut.", "Officials"),
        ("“It is shut,” said the port authority in Varn the same evening.", "the port authority in Varn"),
        ("“It is shut,” said the woman of the year.", "the woman of the year"),
        ("Roe laughed when she was asked about the harbour: “It is shut.”", "Roe"),
    ],
)
def test_mention_beside_the_cue(text, expected, parser):
    """The mention is the noun phrase beside the cue: a name, a role, a document, an institution."""
    assert mention(text, read(text, parser)[-1]) == expected


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Minister of Culture Radka Milev said that it was late.", "Radka Milev", "Minister of Culture"),
        (
            "It was late, Minister of Foreign Affairs Ivo Brandt said.",
            "Ivo Brandt",
            "Minister of Foreign Affairs",
        ),
        ("Chief of Police Jane Roe said that it was late.", "Jane Roe", "Chief of Police"),
    ],
)
def test_a_department_belongs_to_the_office_and_not_to_the_name(text, name, role, parser):
    """Though it is written with a capital, right before the name."""
    (statement,) = read(text, parser)
    assert (statement.name, statement.role) == (name, role)


def test_who_somebody_belongs_to_is_no_office(parser):
    """A friend "of Mr Roe" says whose friend he is, and gives Roe no role."""
    text = "A friend of Mr Roe left. “It is late,” Roe said."
    assert [(one.name, one.role) for one in read(text, parser)] == [("Roe", None)]


def test_who_stands_before_a_verb_as_its_object_says_nothing(parser):
    """The parser leaves the verb without a subject, and "them" is none."""
    text = "While he asks for 31 million, a letter, lent to us by one of them, puts the price at 27."
    assert not any(mention(text, statement) == "them" for statement in read(text, parser))


def test_pronoun_takes_the_name_before(parser):
    """A pronoun stands for the person who spoke before, by full name and with the role given earlier."""
    text = (
        "Harbour master Jane Roe said the quay was unsafe.\n\n"
        "“Nobody may moor here before spring,” she said on Monday."
    )
    statement = read(text, parser)[-1]
    assert mention(text, statement) == "she"
    assert statement.name == "Jane Roe"
    assert statement.role == "Harbour master"


def test_pronoun_takes_the_name_after(parser):
    """A second cue behind the quotation names the owner of a pronoun in the first."""
    text = "“The quay is unsafe,” he said, adding “nobody may moor here,” harbour master John Doe said."
    statements = read(text, parser)
    assert [s.name for s in statements] == ["John Doe", "John Doe"]
    assert [mention(text, s) for s in statements] == ["he", "he"]


def test_doubtful_pronoun_has_no_owner(parser):
    """Where two people fit equally well nobody is named."""
    text = "John Doe met Richard Miles. John Doe and Richard Miles left. “It went well,” he said."
    assert read(text, parser)[-1].name is None


def test_last_name_gets_the_full_name(parser):
    """A last name alone is given with the full name and the role of an earlier mention."""
    text = "Jane Roe, the mayor of Port Elsewhere, spoke on Monday.\n\nRoe said that the quay was closed."
    (statement,) = read(text, parser)
    assert statement.name == "Jane Roe"
    assert statement.role == "mayor of Port Elsewhere"


def test_role_before_a_name(parser):
    """A role with its name beside it gives both."""
    text = "The deputy head of the port authority, Jane Roe, denied that the quay was closed."
    (statement,) = read(text, parser)
    assert (statement.name, statement.role) == ("Jane Roe", "deputy head of the port authority")
    assert statement.label is Label.DENIED


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The mayor said that the quay was closed.", Label.STATED),
        ("The mayor claimed that the quay was closed.", Label.CLAIMED),
        ("The mayor denied that the quay was closed.", Label.DENIED),
        ("The mayor has not denied that the quay was closed.", Label.STATED),
        ("The mayor confirmed that the quay was closed.", Label.CONFIRMED),
        ("The mayor alleged that the quay was closed.", Label.ALLEGED),
        ("The mayor allegedly said that the quay was closed.", Label.ALLEGED),
        ("Sources said that the quay was closed.", Label.ANONYMOUS),
        ("It was reported that the quay was closed.", Label.SECOND_HAND),
        ("The newspaper reported that the quay was closed.", Label.SECOND_HAND),
        ("Police reported that the quay was closed.", Label.STATED),
        ("The mayor called the reports “a fairy tale”.", Label.DENIED),
        ("The mayor called the reports “entirely accurate”.", Label.STATED),
        ("The mayor called the harbour “a fairy tale”.", Label.STATED),
    ],
)
def test_label_from_the_cue(text, label, parser):
    """The label follows from the reporting words alone."""
    (statement,) = read(text, parser)
    assert statement.label is label


def test_chain_of_media(parser):
    """A medium that was told is a link of the chain; so is one that reports what its sources said."""
    text = (
        "“The quay is closed,” a source in the port reportedly told Reuters.\n\n"
        "Interfax reported that its sources had said that the quay was closed."
    )
    first, outer, inner = read(text, parser)
    assert (first.chain, first.label) == (("Reuters",), Label.ANONYMOUS)
    assert outer.name == "Interfax"
    assert (inner.chain, inner.label) == (("Interfax",), Label.ANONYMOUS)
    assert read(text, parser).index(outer) == inner.parent


def test_the_outlet_is_no_speaker_and_no_link(parser):
    """The article's own outlet neither speaks nor stands in the chain."""
    text = "“The quay is closed,” Jane Roe told Reuters. Reuters reported that the mayor was away."
    statements = read(text, parser, outlet="Reuters")
    assert all(statement.chain == () and statement.name != "Reuters" for statement in statements)


def test_names_and_roles_are_slices(parser):
    """Every name, role and link is a slice of the text."""
    text = "Harbour master Jane Roe told the BBC the quay was shut. “We had no choice,” she said."
    for statement in read(text, parser):
        for part in (statement.name, statement.role, *statement.chain):
            assert part is None or part in text


@pytest.mark.parametrize(
    "text",
    [
        "“We shall try to cross it,” he said, adding “and we shall manage,” Tiberio Falk told reporters.",
        "“We shall try to cross it,” he said, and added: “It may work,” ferry master Tiberio Falk wrote.",
        "“We shall try,” he told reporters, adding “it may work,” said Tiberio Falk, the ferry master.",
        "“We shall try to cross it,” he said. “It may well work,” he added, “in time,” Tiberio Falk said.",
    ],
)
def test_second_cue_names_the_owner_of_a_pronoun(text, parser):
    """A name behind the last quotation of a sentence owns its pronoun, whatever woman was named above."""
    text = f"Orsolya Brenn, the mayor of Ulvik, said on Monday that the ford was open.\n\n{text}"
    names = {statement.name for statement in read(text, parser)[1:]}
    assert names <= {"Tiberio Falk", None}
    assert "Tiberio Falk" in names


@pytest.mark.parametrize(
    "text",
    [
        "“We shall try,” she said, adding “it may work.” Tiberio Falk said that the ford was deep.",
        "“We shall try,” she said, while Tiberio Falk said “it may well fail.”",
    ],
)
def test_a_new_sentence_or_clause_is_no_second_cue(text, parser):
    """The next speaker does not take the pronoun of the sentence before."""
    text = f"Jane Brenn, the mayor of Ulvik, opened the ford.\n\n{text}"
    first, *_, last = read(text, parser)
    assert (first.name, last.name) == ("Jane Brenn", "Tiberio Falk")


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "Ulvik’s state news agency Ulpress is small. A trader told Ulpress that the ford was shut.",
            "Ulpress",
        ),
        ("The broadcaster Radio Fjell came. “It is shut,” a trader told Radio Fjell.", "Radio Fjell"),
        ("Ulpress reported that it rained. “It is shut,” a trader told Ulpress.", "Ulpress"),
        ("ULVIK, May 3 (Skerry) — “It is shut,” a trader told Skerry.", "Skerry"),
        ("“It is shut,” a trader told the Skerry News Agency.", "Skerry News Agency"),
        ("“It is shut,” a trader told the Beacon.", "Beacon"),
        ("Jane Roe reported that it rained. “It is shut,” a trader told Roe.", None),
        ("“It is shut,” a trader told Ulvik.", None),
    ],
)
def test_media_are_learned_from_the_article(text, chain, parser):
    """A name that the article shows to be a medium's is a link; a person's or a town's is none."""
    assert read(text, parser)[-1].chain == ((chain,) if chain else ())


def test_a_medium_beside_its_kind_is_named(parser):
    """A medium behind the word for its kind speaks under its name and passes on what its sources said."""
    text = "Ulvik’s state news agency Ulpress reported that its sources had told it that the ford was shut."
    outer, inner = read(text, parser)
    assert (outer.name, outer.label) == ("Ulpress", Label.SECOND_HAND)
    assert (inner.chain, inner.label) == (("Ulpress",), Label.ANONYMOUS)


def test_a_source_that_a_medium_quotes(parser):
    """Whom a medium reports to have said it is the speaker, and the medium a link."""
    text = "Reuters has reported, quoting a source in the port, that the quay was closed."
    statement = read(text, parser)[-1]
    assert (statement.name, statement.chain) == ("a source in the port", ("Reuters",))
    assert statement.label is Label.ANONYMOUS


@pytest.mark.parametrize(
    "text",
    [
        "The firm owes 4 million, Halyard reported on Monday, citing the Financial Inspectorate.",
        "Halyard, citing the Financial Inspectorate, reported that the firm owes 4 million.",
    ],
)
def test_who_reports_what_it_cites_a_source_for_is_a_medium(text, parser):
    """The source speaks, and who cites it is a link."""
    (found,) = [each for each in read(text, parser) if each.confidence >= 0.85]
    assert (found.name, found.chain) == ("the Financial Inspectorate", ("Halyard",))


def test_short_name_of_the_outlet_is_no_speaker(parser):
    """What the paper said last week is its own report, unlike what a body of the same common noun says."""
    text = "Last week’s Courier said that the harbour was shut."
    assert mention(text, read(text, parser)[0]) == "Courier"
    for written in (text, text.replace("’", "'")):
        assert mention(written, read(written, parser, outlet="The Ulvik Valley Courier")[0]) is None
    text = "Last night’s BBC said that the harbour was shut."
    assert mention(text, read(text, parser, outlet="BBC News")[0]) is None
    text = "The courier said that the harbour was shut."
    assert mention(text, read(text, parser, outlet="The Ulvik Valley Courier")[0]) == "The courier"


def test_short_name_of_the_outlet_is_no_link(parser):
    """What was told to the outlet itself has no chain, by whatever part of its name it goes."""
    text = "“It is shut,” a trader told the Courier."
    assert read(text, parser, outlet="The Ulvik Valley Courier")[0].chain == ()
    assert read(text, parser)[0].chain == ("Courier",)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("A source in the port reportedly said that it was closed.", "A source in the port", "anonymous"),
        ("A source in the port reportedly denied that it was closed.", "A source in the port", "denied"),
        ("A woman who has sold fish there for years said that the quay was closed.",
         "A woman who has sold fish there for years", "anonymous"),
        ("Two men in the queue said that the quay was closed.", "Two men in the queue", "anonymous"),
        ("“It is closed,” said a guard who did not give his name.",
         "a guard who did not give his name", "anonymous"),
        ("An official, speaking on condition of anonymity, said it was closed.", "An official", "anonymous"),
        ("The director, who asked not to be named, said that it was closed.", "The director", "anonymous"),
        ("A spokesman for the port said that the quay was closed.", "A spokesman for the port", "stated"),
        ("A guard, John Doe, said that the quay was closed.", "John Doe", "stated"),
        ("The mayor reportedly said that the quay was closed.", "The mayor", "second-hand"),
    ],
)  # fmt: skip
def test_unnamed_speakers(text, name, label, parser):
    """Who is known only as one of a kind, or by a name withheld, is an anonymous source."""
    statement = read(text, parser)[0]
    assert (statement.name, statement.label) == (name, Label(label))


def test_unnamed_speakers_go_on(parser):
    """Who was introduced without a name stays anonymous as "he" and as "the source"."""
    text = (
        "“It is closed,” said a man who works on the quay. Nobody may moor, he added.\n\n"
        "A source in the port agreed to talk. The source said that the pier was closed too."
    )
    _, second, third = read(text, parser)
    assert (second.name, second.label) == ("a man who works on the quay", Label.ANONYMOUS)
    assert (third.name, third.label) == ("A source in the port", Label.ANONYMOUS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor of Ulvik, Jane Roe, came. The mayor said that the ford was shut.", "Jane Roe"),
        ("The mayor said that the ford was shut. Jane Roe remains mayor of Ulvik.", "Jane Roe"),
        ("The deputy mayor of Ulvik, Jane Roe, came. The mayor said that the ford was shut.", "The mayor"),
        ("Mayor Jane Roe met Mayor John Doe. The mayor said that the ford was shut.", "The mayor"),
        ("The Ulvik Ford Board met. The board said that the ford was shut.", "Ulvik Ford Board"),
        ("The Ulvik Board met the Skerry Board. The board said that the ford was shut.", "The board"),
        (
            "The board’s chair, Jane Roe, came. The firm’s chair said that the ford was shut.",
            "The firm’s chair",
        ),
    ],
)
def test_roles_have_owners(text, name, parser):
    """A role is given the one name that fits it, earlier or later; where two or none fit it stays a role."""
    assert read(text, parser)[-1].name == name


def test_a_role_is_a_noun_for_one(parser):
    """A date or a place beside a name is no role."""
    text = "Pictured on Sept. 24, Jane Roe walks the quay.\n\nRoe said that the quay was closed."
    assert read(text, parser)[-1].role is None


def test_relative_clause_speaks_for_its_noun(parser):
    """In "Jane Roe, who called …" the speaker is Jane Roe."""
    text = "It angered union boss Jane Roe, who called the claim “a filthy lie”."
    statement = read(text, parser)[-1]
    assert (statement.name, statement.label) == ("Jane Roe", Label.DENIED)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe denied it.",
        "Jane Roe rejected the account.",
        "Jane Roe dismissed this “canteen gossip”.",
        "Jane Roe called this “canteen gossip”.",
        "Jane Roe branded the claim “a filthy lie”.",
    ],
)
def test_what_is_disputed_is_denied(text, parser):
    """Rejecting, dismissing and calling it names are denials."""
    (statement,) = read(text, parser)
    assert (statement.name, statement.label) == ("Jane Roe", Label.DENIED)


def test_he_is_nobody_who_sounds_like_a_woman(parser):
    """No wrong name is given to a pronoun that agrees with nobody."""
    text = "Orsolya Brenn, the mayor of Ulvik, opened the ford.\n\n“It is deep,” he said."
    assert read(text, parser)[-1].name is None


def test_statements_in_a_circle_come_to_an_end(parser):
    """Parents that formed a circle would not be followed for ever."""
    text = "Reuters said that Interfax reported that the mayor had said that the quay was closed."
    narrations, drafts = draft_statements(text, parser)
    assert len(drafts) > 1
    drafts[0].parent = drafts[-1]
    assert len(settle_speakers(text, narrations, drafts)) == len(drafts)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Some people said that the quay was closed.", "Some people", Label.STATED),
        ("The Ulvik Series began. The series said that the ford was shut.", "The series", Label.STATED),
        ("Meanwhile Orsolya said that the ford was shut.", "Orsolya", Label.STATED),
    ],
)
def test_no_more_is_said_than_is_known(text, name, label, parser):
    """Anybody is no source, a work is no body, and a linking word is no part of a name."""
    statement = read(text, parser)[-1]
    assert statement.label is label
    assert statement.name is None or statement.name.endswith(name)
