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
