from index.datatypes import DisputeKind
from index.events.denied_claims import pair_denials
from index.events.retelling import Pair
from index.events.spreading import drop_denied, join_sides, spread_pairs
from tests.retellings import run

LOOTED = "Witnesses said that soldiers looted the Brinscombe museum on Friday night."
AGAIN = "Soldiers looted the Brinscombe museum on Friday, a guard said."
DENIED = "The army denied it."
NEVER = "Soldiers never looted the Brinscombe museum on Friday night, a nun said."


def test_a_dispute_spreads_to_the_same_claim_elsewhere_and_not_to_its_negation():
    """Who makes the claim in another report is disputed too; who says the contrary is not."""
    found = run(spread_pairs, f"{LOOTED} {DENIED}", AGAIN, NEVER, pairs=pair_denials)
    assert found == {(AGAIN, DENIED, DisputeKind.DENIAL)}


def test_two_denials_of_one_claim_deny_the_same_matter():
    """What else the one denies, the other denies."""
    rows = {(0, 1): 0.9, (0, 3): 0.9, (2, 3): 0.8}

    def pairs(_story):
        return [Pair(claim, denial, DisputeKind.DENIAL, sure) for (claim, denial), sure in rows.items()]

    joined = run(join_sides, f"{LOOTED} {DENIED}", f"{AGAIN} The army rejected that.", pairs=pairs)
    assert joined == {(AGAIN, DENIED, DisputeKind.DENIAL)}


def test_what_is_found_by_several_ways_is_given_once():
    """Two denials that share many claims are joined by each of them; only a surer way says it again."""
    rows = {(0, 1): 0.9, (0, 3): 0.9, (2, 1): 0.9, (2, 3): 0.9, (4, 3): 0.8}
    counts = []

    def pairs(_story):
        return [Pair(claim, denial, DisputeKind.DENIAL, sure) for (claim, denial), sure in rows.items()]

    def join(story, given):
        found = join_sides(story, given)
        counts.append([(pair.claim, pair.denial) for pair in found])
        return found

    third = "Soldiers looted the Brinscombe museum, a cook said."
    run(join, f"{LOOTED} {DENIED}", f"{AGAIN} The army rejected that.", third, pairs=pairs)
    assert counts[-1] == [(4, 1)]


def test_what_goes_on_with_a_denial_is_no_claim_for_another_one():
    """It stands on the same side; only who answers it on the spot disputes it."""
    text = f"{LOOTED} {DENIED} The gates were locked, it said in a statement."
    far = "The army denied that the gates were open."

    def pairs(_story):
        going_on = Pair(0, 2, DisputeKind.DENIAL, 0.7)
        return [going_on, Pair(2, 5, DisputeKind.DENIAL, 0.9), Pair(2, 3, DisputeKind.DENIAL, 0.9)]

    kept = run(drop_denied, f"{text} A baker rejected that. It rained. {far}", pairs=pairs)
    locked = "The gates were locked, it said in a statement."
    assert {denial for _, denial, _ in kept} == {locked, "A baker rejected that."}


def test_who_is_quoted_at_length_in_a_disputed_claim_is_disputed_too():
    """Whose words stand in the claim word for word made it, in however plain a sentence."""
    blog = "The barge lay tied up at the far side. Nothing moved."
    wrote = "In May I wrote that the barge “lay tied up at the far side”."
    found = run(spread_pairs, blog, f"{wrote} It did not.", pairs=pair_denials)
    told = "The barge lay tied up at the far side."
    assert found == {(told, "It did not.", DisputeKind.CORRECTION)}
    shorter = wrote.replace("“lay tied up at the far side”", "lay “tied up at the” far side")
    assert not run(spread_pairs, blog, f"{shorter} It did not.", pairs=pair_denials)
