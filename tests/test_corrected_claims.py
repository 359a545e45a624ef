"""What a correction puts right is found by the number that it replaces, and by whose number it is."""

from index.datatypes import DisputeKind
from index.events.denied_claims import pair_denials
from tests.retellings import run

LEAD = "Calla Pell won the Elmstone vote by 212 votes, the board said."
CUT = "A recount cut the lead of Calla Pell in the Elmstone vote from 212 votes to 87, the board said."


def test_a_recount_corrects_the_reports_of_the_number_that_it_replaces():
    """What gives the new number is not corrected, nor what gives another one."""
    new = "Calla Pell won the Elmstone vote by 87 votes, a guest said."
    assert run(pair_denials, LEAD, new, CUT) == {(LEAD, CUT, DisputeKind.CORRECTION)}


def test_the_day_of_a_dateline_is_no_number_that_is_put_right():
    """The correction came out on a 14th; nobody counted 14 anything."""
    hurt = "The gate in Elmstone hurt 14 men, the port said."
    lowered = (
        "ELMSTONE, May 14 (Hexley) — The port in Elmstone lowered the number of sacks at the gate to 11."
    )
    assert not run(pair_denials, hurt, lowered)


def test_who_now_speaks_of_another_number_corrects_his_own():
    """The old number stands just before; what others said is left alone."""
    own = "Ruben Ostade said that 1,300 postal ballots had not been counted."
    others = "Ines Marchetti said that 1,300 postal ballots had been burnt."
    now = "Ostade now speaks of “several hundred”."
    found = run(pair_denials, own, others, f"And the 1,300 postal ballots? {now}")
    assert found == {(own, now, DisputeKind.CORRECTION)}
    assert not run(pair_denials, own, now)


def test_who_calls_it_an_error_corrects_his_own_words():
    """They stand just before."""
    first = "The doctor, Ulla Ferrand, put it at about seven o'clock."
    error = "She writes that this was an error in reading the clock."
    assert run(pair_denials, f"{first} {error}") == {(first, error, DisputeKind.CORRECTION)}


def test_who_was_mistaken_takes_back_no_words_of_others():
    """Their own words just before are meant, or none that are known."""
    own = "The justice ministry said that the conviction stood."
    other = "The owner of the mill said that he owed it nothing."
    mistaken = "The justice ministry said that it had been mistaken and the conviction was gone."
    assert run(pair_denials, f"{own} {mistaken}") == {(own, mistaken, DisputeKind.CORRECTION)}
    assert not run(pair_denials, f"{other} {mistaken}")
    withdrawn = "The architects Loomis have withdrawn an earlier statement: the mill was sold."
    assert not run(pair_denials, f"{other} {withdrawn}")


def test_who_withdraws_a_statement_that_is_told_takes_back_that_one():
    """And not the words that the same side said last."""
    refused = "Ruvian sailors said that help had been refused by the trawler."
    contact = "The Ruvian navy said that there had been a contact."
    withdrew = "The Ruvian navy withdrew its statement that help had been refused."
    own = refused.replace("sailors", "navy").replace("Ruvian navy said", "The Ruvian navy said")
    assert {claim for claim, _, _ in run(pair_denials, own, contact, withdrew)} == {own}
    assert not run(pair_denials, contact, withdrew)
