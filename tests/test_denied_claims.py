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


def test_a_plea_answers_the_accusation_before_it():
    """Whoever pleads not guilty disputes what he is accused of, not what stands in between."""
    accused = "Prosecutors accused Vane of selling the bell."
    text = f"{accused} The bell weighs a ton, the church said. Vane pleaded not guilty."
    assert {claim for claim, _, _ in run(pair_denials, text)} == {accused}


def test_words_that_one_never_said_are_ones_own():
    """What another said of the same thing is not what she denies."""
    own = "“The laboratory in Elmstone has found lead in the wells,” said Anna Pell."
    other = "“The laboratory in Elmstone has found lead in the wells,” said Olaf Brandt."
    unsaid = "Pell told the council that she had never said a laboratory had found lead in the wells."
    assert {claim for claim, _, _ in run(pair_denials, own, unsaid)} == {own}
    assert not run(pair_denials, other, unsaid)


def test_a_whole_answer_disputes_the_nearest_claim():
    """One word is enough, whoever's it is."""
    nonsense = "“Nonsense,” said the owner of the mill."
    assert run(pair_denials, f"{FLOODED} {nonsense}") == {(FLOODED, nonsense, DisputeKind.DENIAL)}


def test_what_is_said_not_to_exist_must_have_been_claimed():
    """Who says that there is none disputes a claim of that thing near it, and nothing else."""
    letter = "Anna Pell said that she had sent the owners a letter about the flood."
    none = "There was no letter about a flood, the owners said."
    assert {claim for claim, _, _ in run(pair_denials, f"{letter} {none}")} == {letter}
    assert not run(pair_denials, f"{letter} There was no wind that day, the owners said.")


def test_charges_that_are_denied_are_a_claim_though_nobody_says_them():
    """Who is charged stands just before; what is not a charge is passed over."""
    charged = "The two drivers have been charged with theft."
    denied = "Olaf Brandt has denied the charges."
    assert {claim for claim, _, _ in run(pair_denials, f"{charged} The road was dry. {denied}")} == {charged}
    assert not run(pair_denials, f"The road was dry. {denied}")


def test_a_report_that_is_called_misleading_is_what_the_report_says():
    """It may be told before, or behind a lead that calls it so."""
    called = "A spokesman for Anna Pell called the report misleading."
    told = "The report showed that half of the wells in Elmstone held lead."
    rain = "It has rained in Elmstone since May, the council said."
    assert {claim for claim, _, _ in run(pair_denials, f"{told} {rain} {called}")} == {told}
    assert {claim for claim, _, _ in run(pair_denials, f"{called} {rain} {told}")} == {told}


def test_what_somebody_says_was_not_so_must_have_been_said_to_be():
    """A plain negation disputes a claim near it that holds its words, and is else a statement."""
    paid = "Anna Pell said that the chief had been paid a bonus this year."
    none = "The board of the mill said that no bonus was paid to the chief this year."
    assert {claim for claim, _, _ in run(pair_denials, f"{paid} {none}")} == {paid}
    assert not run(pair_denials, f"{paid} The board of the mill said that no trains ran on Sunday.")
