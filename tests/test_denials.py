import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.events.denials import Correction, Reference, find_denial


def describe(sentence):
    found = find_denial(sentence)
    return found and (
        sentence[found.cue.start : found.cue.end],
        sentence[found.about.start : found.about.end].strip(" .,"),
        found.reference,
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council denied it.", ("denied", "it", Reference.CLAIM)),
        ("Ferris Lines rejected the account.", ("rejected", "the account", Reference.CLAIM)),
        (
            "The mill denies that its chimney was cracked.",
            ("denies", "that its chimney was cracked", Reference.CONTENT),
        ),
        (
            "Her deputy called the reports “an information attack”.",
            ("called the reports “an information attack”", "the reports", Reference.CLAIMS),
        ),
        (
            "He dismissed the allegations as baseless.",
            ("dismissed the allegations as baseless", "the allegations as baseless", Reference.CLAIMS),
        ),
        (
            "Reports that the ferry had sunk were later refuted.",
            ("refuted", "Reports that the ferry had sunk were later", Reference.CONTENT),
        ),
        ("The union disputes the new figure.", ("disputes", "the new figure", Reference.AMOUNT)),
        ("The story is simply not true, she said.", ("is simply not true", "The story", Reference.CLAIM)),
        (
            "The board rejected claims the mill breaks the law.",
            ("rejected", "claims the mill breaks the law", Reference.CONTENT),
        ),
        (
            "He dismissed suggestions that the sale was “a theft”.",
            ("dismissed", "suggestions that the sale was “a theft”", Reference.CONTENT),
        ),
        ("The board’s own figure is 9,407.", ("own figure is", "", Reference.AMOUNT)),
        ("Her neighbour tells it differently.", ("tells it differently", "", Reference.CLAIM)),
        ("It did not.", ("It did not", "", Reference.CLAIM)),
        (
            "The letters had been torn from their context, she said.",
            ("torn from their context", "The letters had been", Reference.CLAIMS),
        ),
        (
            "Divers found no sign of a second boat.",
            ("found no sign of", "a second boat", Reference.CONTENT),
        ),
        ("“Nonsense,” said the harbour master.", ("“Nonsense,” ", "", Reference.CLAIM)),
        ("9:40 Not so, says the port.", ("9:40 Not so, says", "", Reference.CLAIM)),
        ("“Rubbish. I was at home,” said the clerk.", ("“Rubbish. ", "", Reference.CLAIM)),
        ("5:30pm: He didn’t, he says.", ("5:30pm: He didn’t", "", Reference.CLAIM)),
        ("That is hotly disputed by the owner.", ("That is hotly disputed by", "", Reference.CLAIM)),
        (
            "Brandt, who was reported to have said goodbye to the players, denied it.",
            ("denied", "who was reported to have said goodbye to the players", Reference.CONTENT),
        ),
        ("No such order was given, the mill says.", ("No such ", "order", Reference.CLAIM)),
        ("His widow will have none of it.", ("will have none of it", "", Reference.CLAIM)),
        ("Dr Pell begs to differ.", ("begs to differ", "", Reference.CLAIM)),
        ("The log shows the opposite.", ("shows the opposite", "", Reference.CLAIM)),
        ("The bishop said he had been misquoted.", ("been misquoted", "", Reference.CLAIM)),
        ("“The mayor is mistaken,” said Pell.", ("is mistaken", "", Reference.CLAIM)),
        ("The museum does not agree.", ("does not agree", "", Reference.CLAIM)),
        ("Vane pleaded not guilty.", ("pleaded not guilty", "", Reference.ACCUSATION)),
        ("Her office brushed that aside.", ("brushed that aside", "", Reference.CLAIM)),
        ("There was no meeting, the mayor’s office said.", ("There was no ", "meeting", Reference.CONTENT)),
        (
            "She had never said a laboratory had found lead.",
            ("never said ", "a laboratory had found lead", Reference.CONTENT),
        ),
        (
            "Her story was proved to be false, the court said.",
            ("proved to be false", "Her story was", Reference.CLAIM),
        ),
        ("They were not friends, and he denied that he ran.", ("denied", "that he ran", Reference.CONTENT)),
        (
            "He defended himself against accusations of theft.",
            ("defended himself against accusations", "", Reference.ACCUSATION),
        ),
        ("The pilot said he was unaware of the ban.", ("said he was unaware of", "", Reference.ACCUSATION)),
        ("The coach disputes the mayor’s comments.", ("disputes", "the mayor’s comments", Reference.CONTENT)),
        (
            "The party said on Friday that the Echo’s own report was misleading.",
            ("was misleading", "The party said on Friday that the Echo’s own report", Reference.CLAIM),
        ),
        ("“Rubbish! I was at the pump,” said the guard.", ("“Rubbish!", "", Reference.CLAIM)),
        (
            "The board said that no bonus was paid this year.",
            ("said that no ", "bonus was paid this year", Reference.CONTENT),
        ),
        (
            "Pell said that he had not met a dealer since May.",
            ("said that he had not ", "met a dealer since May", Reference.CONTENT),
        ),
        (
            "“The picture was not taken in Elmstone,” the inspector noted.",
            ("“The picture was not ", "taken in Elmstone", Reference.CONTENT),
        ),
        (
            "The port disputes almost all of this.",
            ("disputes", "almost all of this", Reference.CLAIM),
        ),
        ("The spokesman denied the marriage rumours.", ("denied", "the marriage rumours", Reference.CLAIMS)),
    ],
)
def test_disputing_words_are_found_with_what_they_are_about(sentence, expected):
    """A denial is found by verb, by a bad name or by a phrase, and tells what it is about."""
    assert describe(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He was denied bail on Tuesday.",
        "The clinic denied her treatment.",
        "The senate rejected the bill.",
        "The judge dismissed the case.",
        "The spokesman neither confirmed nor denied the strike.",
        "She did not deny it.",
        "Nobody denies that the bridge was closed.",
        "The long dispute over the harbour goes on.",
        "He called the report “damning”.",
        "Pell called on her rival to accept the result.",
        "STARS LAUGH OFF CRITICISM",
        "She knows how to tell a story.",
        "Either the order is false or it is not.",
        "Crews rejected the offer of a second ferry.",
        "Sanchez makes a great save to deny Hojlund the opener.",
        "The fans denied FC Elmstone a draw.",
        "Deny the rebels a haven",
        "It is a warning to those who deny human rights.",
        "The lawyers filed a motion to dismiss the complaint.",
        "They may yet refute it.",
        "You cannot just dismiss everything as rumours.",
        "The judge was asked to end the case, which he denied.",
        "The map's place names are completely inaccurate.",
        "The mayor's birth certificate was wrong.",
        "A lower figure shows that more people ride.",
        "The match ended 14-12, not 37-35.",
        "An Elmstone judge dismissed the charges on Friday.",
        "The mayor dismissed the talk show host.",
        "The shop is discounting it to 40 crowns.",
        "The camera has been upgraded from 5 to 12 megapixels.",
        "Many people doubted that the fish would live.",
        "",
    ],
)
def test_refusals_and_negated_denials_dispute_nothing(sentence):
    """Bail that is denied, a bill rejected, a thing not denied, and praise are no disputes."""
    assert find_denial(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Pell summarily rejected those days.",
        "The council called his remark “cheap”.",
        "Of the guests 17 percent strongly disagree.",
        "The band is made up of nurses.",
        "While one match will be played, all are individual contests.",
        "There is no doubt about it.",
        "“I don’t drive,” he said.",
    ],
)
def test_what_looks_like_a_dispute_and_is_none(sentence):
    """Days that are refused, an opinion of a remark, polls, and figures of speech dispute nothing."""
    assert find_denial(sentence) is None


def test_corrections_tell_where_the_mistake_stands():
    """A sentence that repeats its own mistake differs from one that corrects an earlier report."""
    own = find_denial("An earlier version of this article said that the ferry had sunk.")
    assert own is not None
    assert own.correction is Correction.ITSELF
    other = find_denial("The ministry lowered the number of injured to 11.")
    assert other is not None
    assert (other.correction, other.reference) == (Correction.EARLIER, Reference.AMOUNT)
    assert find_denial("The agency did not retract its report.") is None
    dated = find_denial("Correction, 9 May: An earlier version of this article gave his age as 44.")
    assert dated is not None
    assert dated.correction is Correction.ITSELF
    turnout = find_denial("It was 57.9 per cent, not 58.3.")
    assert turnout is not None
    assert turnout.correction is Correction.EARLIER


@given(st.text(max_size=300))
def test_offsets_lie_inside_any_text(text):
    """No text raises, and what is found lies inside the sentence."""
    found = find_denial(text)
    if found is not None:
        assert 0 <= found.cue.start < found.cue.end <= len(text)
        assert 0 <= found.about.start <= found.about.end <= len(text)
        assert 0 < found.confidence <= 1


def test_numbers_that_are_put_anew_correct_the_old_ones():
    """A recount that cut a lead, a revised count and what one "now speaks of" correct; a price does not."""
    for sentence in (
        "A recount cut her lead from 212 votes to 87.",
        "The clinic revised its count from 31 to 38.",
        "Pell now speaks of several hundred.",
        "The council now puts the loss at 40 crowns.",
    ):
        found = find_denial(sentence)
        assert found is not None
        assert found.correction is Correction.EARLIER
    assert find_denial("The mill cut its prices from 212 crowns to 87.") is None
    assert find_denial("The visitors cut the lead from 20 points to 12.") is None


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("Pell insisted that he had not pushed the guard.", "pushed the guard"),
        ("The ministry insisted there was no gap at all.", "gap at all"),
        ("He rejected talk of a gap in the wall.", "talk of a gap in the wall"),
        ("She clarified that she never pushed the guard.", "pushed the guard"),
        ("He discounted rumours that he had pushed the guard.", "rumours that he had pushed the guard"),
    ],
)
def test_who_insists_that_he_did_not_denies(sentence, about):
    """The negation belongs to the cue, and what follows it is denied."""
    found = find_denial(sentence)
    assert found is not None
    assert (sentence[slice(*found.about)].strip(" ."), found.reference) == (about, Reference.CONTENT)


def test_who_insists_that_something_is_so_denies_nothing():
    """Neither insisting nor a discount in a shop disputes anything by itself."""
    assert find_denial("Pell insisted that he had pushed the guard.") is None
    assert find_denial("The shop discounted the shoes.") is None


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("The club’s owner blasted the claim.", "blasted"),
        ("A film undermines the force’s claim that he drew a gun.", "undermines"),
        ("Lorn does not accept the conclusions of the mission.", "not accept the"),
        ("Her brother said that was ‘a lie to make him look bad’.", "was ‘a lie"),
        ("The ministry says it does not exist.", "says it does not exist"),
        ("Her neighbour disagreed: “It was the other side.”", "disagreed"),
        ("A driver gave a very different account.", "gave a very different account"),
        ("The mayor said the recording from the club was a fabrication.", "was a fabrication"),
        ("The doctor dismissed the private tests.", "dismissed"),
        (
            "But the driver, Olaf Brandt, insisted that it was a phone.",
            "But the driver, Olaf Brandt, insisted ",
        ),
    ],
)
def test_scorn_and_differing_accounts_dispute(sentence, cue):
    """A claim may be scorned, not accepted, or told otherwise, and a recording may be called false."""
    found = describe(sentence)
    assert found is not None
    assert found[0] == cue


@pytest.mark.parametrize(
    "sentence",
    [
        "Critics blasted the film’s length.",
        "The host blasted Brandt for reporting on the match.",
        "The work of the committee was undermined by claims of bias.",
        "The shop does not accept the card.",
        "Both sides agreed to disagree on little.",
    ],
)
def test_scorn_of_what_is_no_claim_disputes_nothing(sentence):
    """Verbs of scorn need a claim right behind them, and one that acts."""
    assert find_denial(sentence) is None
