import pytest

from index.datatypes import DisputeKind
from index.events.denied_claims import find_inherited, pair_denials
from tests.retellings import run

FLOODED = "“The mill flooded in March,” said Anna Pell of the council."
QUAY = "“The quay was dry,” said Olaf Brandt, the harbour master."
DRY = "“The harbour stayed dry,” said Olaf Brandt, the harbour master."


def test_a_denial_that_names_whose_claim_it_is_reaches_past_nearer_ones():
    """Her claim is the one that is meant, though another spoke in between."""
    text = f"{FLOODED} {DRY} {QUAY} The mill’s owners rejected Pell’s claim."
    assert {claim for claim, _, _ in run(pair_denials, text)} == {FLOODED}


def test_a_denial_about_samples_is_of_the_sentence_that_has_them():
    """What stands nearer is about something else."""
    samples = "Two of five samples held lead, the group Clean Quay said."
    called = "The waterworks called the group’s samples “worthless”."
    text = f"{samples} The mayor said he drinks 3 glasses daily. {called}"
    assert {claim for claim, _, _ in run(pair_denials, text)} == {samples}


def test_what_was_quoted_is_what_is_disputed():
    """Who denies that a sale was “a theft” does not deny that there was a sale."""
    sold = "Witnesses said the harbour sale of the mill was held on Friday."
    theft = "The union said the harbour sale of the mill was a theft."
    text = "The mayor dismissed suggestions that the harbour sale of the mill was “a theft”."
    assert {claim for claim, _, _ in run(pair_denials, sold, theft, text)} == {theft}


@pytest.mark.parametrize(
    ("earlier", "correction"),
    [
        (
            "The gate injured 14 people, the port said.",
            "The ministry lowered the number of injured to 11.",
        ),
        ("It gave the number of those who left as 400.", "The correct figure is 140."),
    ],
)
def test_a_corrected_number_finds_the_report_of_the_old_one(earlier, correction):
    """The old number is found by what it counts, or just before."""
    (found,) = run(pair_denials, f"{earlier} {correction}")
    assert found == (earlier, correction, DisputeKind.CORRECTION)


def test_words_taken_back_are_ones_own():
    """Who walks back his statement disputes himself, and no one else."""
    text = f"{DRY} {FLOODED} Brandt walked back his statement."
    assert {claim for claim, _, _ in run(pair_denials, text)} == {DRY}


def test_a_short_denial_is_of_what_a_fuller_one_denies():
    """What it names in a word is what another report's denial is about at length."""
    full = "The owners denied that the mill had flooded in March."
    short = "The owners again denied the flooding."
    found = run(find_inherited, FLOODED, full, short, pairs=pair_denials)
    assert found == {(FLOODED, short, DisputeKind.DENIAL)}


def test_a_denied_report_may_be_told_of_after_the_denial():
    """What "had reported" just after a denial of a report is that report; what else follows is not."""
    denied = "Police denied a newspaper report that a clerk was arrested over ballots in a school."
    told = "It had reported that a clerk from the school was held."
    assert {claim for claim, _, _ in run(pair_denials, f"{denied} He went home. {told}")} == {told}
    assert not run(pair_denials, f"{denied} He went home. {told.replace('had reported', 'reports')}")


def test_what_one_never_said_is_what_another_report_has_one_say():
    """Only there are one's own words the claim: a person does not dispute himself in one report."""
    said = "“I thought of curtains. Then I saw the crosses,” Gus Pell told the Lantern."
    never = "Gus Pell never said he saw crosses."
    assert run(pair_denials, said, never) == {(said, never, DisputeKind.DENIAL)}
    assert not run(pair_denials, f"{said} {never}")
    assert not run(pair_denials, said, never.replace("crosses", "ballots"))


def test_who_agrees_with_a_brief_denial_leaves_it_to_the_claim_before():
    """A sentence elsewhere that denies the same is not what a denial of a word or two is about."""
    claim = "An officer said the post had been dark for three nights."
    agreeing = "The ministry, Ines Marchetti said, knew of no gap at all."
    denied = "The ministry denied any gap."
    assert run(pair_denials, f"{claim} {denied}", agreeing) == {(claim, denied, DisputeKind.DENIAL)}
    assert not run(pair_denials, f"{claim} {denied}", agreeing.replace("no gap", "a gap"))


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        (
            "Shells hit the mill, the army of Lorn said, accusing Arven of it.",
            "Arven denied that its guns had fired.",
        ),
        ("Arven had shelled the mill, the army of Lorn said.", "The Arven side denies its responsibility."),
        (
            "“Everything points to one dish,” said the doctor, Anna Pell.",
            "The caterer denied that its food was to blame.",
        ),
    ],
)
def test_who_denies_a_deed_answers_who_names_him_just_before(claim, denial):
    """The accusation need not share a word with what is denied."""
    assert run(pair_denials, f"{claim} {denial}") == {(claim, denial, DisputeKind.DENIAL)}


def test_nobody_is_answered_who_accuses_another():
    """An accusation of Lorn is none of Arven."""
    claim = "Shells hit the mill, the army of Arven said, accusing Lorn of it."
    assert not run(pair_denials, f"{claim} The Varn side denied that its guns on the border had fired.")


def test_a_different_account_counters_the_words_most_like_it():
    """The quotation behind "gave a different account" is that account, and stands against them too."""
    shot = "“The man had a gun in his hands,” Anna Pell of the police said."
    called = "She said that officers had come about a broken door."
    account = "“He had a phone in his hands,” said Olaf Brandt."
    found = run(pair_denials, f"{shot} {called} A driver gave a different account. {account}")
    assert (shot, account, DisputeKind.DENIAL) in found
    assert called not in {claim for claim, _, _ in found}


def test_what_somebody_said_is_contradicted_where_he_said_it():
    """His own words are the claim, whoever tells that they are contradicted."""
    said = "“I was never in that room,” Odile Pell told reporters."
    told = "That appears to contradict Pell, who said last week that she had never been in the room."
    assert (said, told, DisputeKind.DENIAL) in run(pair_denials, said, told)


def test_what_was_reported_is_put_right_in_a_clause():
    """A report's own words are disputed by "not ..., as reported", since no speaker is meant."""
    reported = "The guard has been put on desk duty."
    right = "He is on leave, not on desk duty as reported."
    assert (reported, right, DisputeKind.DENIAL) in run(pair_denials, reported, right)
    assert not run(pair_denials, reported, "He is on leave, not on desk duty.")


def test_a_report_puts_itself_right_in_the_next_sentence():
    """The sentence behind "we wrote that ..." corrects it where it negates it."""
    wrote = "In our report of 3 May we wrote that Brandt voted for the mill."
    assert run(pair_denials, f"{wrote} He did not vote.") == {
        (wrote, "He did not vote.", DisputeKind.CORRECTION)
    }
    assert not run(pair_denials, f"{wrote} He voted twice.")


def test_conclusions_of_a_body_are_found_in_earlier_reports():
    """Whom "the conclusions of the mission" are by says where to look, in any report."""
    found = "The shells had come from the mill of Lorn, the Joint Mission said."
    other = "Anna Pell said that the market would open."
    rejected = "Lorn does not accept the conclusions of the Joint Mission on the shells."
    assert {claim for claim, _, _ in run(pair_denials, found, other, rejected)} == {found}


def test_an_apposition_says_whose_claim_it_was_and_not_what():
    """What stands behind ", an allegation made by ..." is no part of what is denied."""
    claim = "A cook told us that staff were told to fill the temperature log in advance."
    denial = (
        "It denied that its staff had been told to fill the temperature log, an allegation made by a cook."
    )
    assert (claim, denial, DisputeKind.DENIAL) in run(pair_denials, claim, denial)
