from index.datatypes import DisputeKind
from index.events.denied_claims import pair_denials
from tests.retellings import run


def test_what_was_quoted_is_what_is_disputed():
    """Who denies that a sale was “a theft” does not deny that there was a sale."""
    sold = "Witnesses said the harbour sale of the mill was held on Friday."
    theft = "The union said the harbour sale of the mill was a theft."
    text = "The mayor dismissed suggestions that the harbour sale of the mill was “a theft”."
    assert {claim for claim, _, _ in run(pair_denials, sold, theft, text)} == {theft}


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


def test_an_apposition_says_whose_claim_it_was_and_not_what():
    """What stands behind ", an allegation made by ..." is no part of what is denied."""
    claim = "A cook told us that staff were told to fill the temperature log in advance."
    denial = (
        "It denied that its staff had been told to fill the temperature log, an allegation made by a cook."
    )
    assert (claim, denial, DisputeKind.DENIAL) in run(pair_denials, claim, denial)
