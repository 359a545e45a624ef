"""What a denial points back at is the nearest claim that fits, by name, by kind or by topic."""

from index.datatypes import DisputeKind
from index.events.denied_claims import pair_denials
from tests.retellings import run

WARM = "“Warm water is the more likely cause,” said Pia Lind, the inspector."
SENT = "“Samples were sent to a laboratory on Friday,” said Pia Lind, the inspector."
REJECTED = "Radomir Selk rejected the explanation as “convenient”."
ACCUSED = "A source claimed that the papers were missing votes."
SACKS = "The caretaker found four sacks in the cellar."
KNEW = "The mayor denied knowing anything about any sacks."


def test_an_explanation_is_what_says_why():
    """A sentence that explains nothing is passed over, also where no other does."""
    assert {claim for claim, _, _ in run(pair_denials, f"{WARM} {SENT} {REJECTED}")} == {WARM}
    assert not run(pair_denials, f"{SENT} {REJECTED}")


def test_samples_may_have_been_told_of_by_a_denial_some_sentences_before():
    """Where it names them, a sentence that disputes something itself can be what is disputed."""
    otherwise = "The group Clean Quay says otherwise: two of five samples held lead, said Fenna Roke."
    drinks = "The mayor drinks it daily, he said. It tasted of cork, a guest said."
    called = "The waterworks called the group’s samples “worthless”."
    found = run(pair_denials, f"{otherwise} {drinks} {called}")
    assert (otherwise, called, DisputeKind.DENIAL) in found


def test_who_asks_where_a_number_comes_from_disputes_it():
    """The number is that of whom he names, past nearer sentences without one."""
    counted = "Ruben Ostade said that 1,300 ballots had not been counted."
    exist = "“They exist, people posted them,” Ruben Ostade said."
    where = "“I do not know where Mr Ostade gets that number from,” Judge Vass said."
    assert {claim for claim, _, _ in run(pair_denials, f"{counted} {exist} {where}")} == {counted}


def test_who_denies_knowing_of_a_thing_answers_who_accuses_just_before():
    """The article has told of the thing, or the accusation names who denies; else it is of another matter."""
    found = run(pair_denials, f"{SACKS} {ACCUSED} It rained in the night. {KNEW}")
    assert found == {(ACCUSED, KNEW, DisputeKind.DENIAL)}
    assert not run(pair_denials, f"{ACCUSED} It rained in the night. {KNEW}")
    named = "A source claimed that Harrowby Lines had taken the votes."
    denied = "Harrowby Lines denied any involvement in the sale of the mill."
    assert run(pair_denials, f"{named} It rained in the night. {denied}")
    assert not run(pair_denials, f"{named.replace('claimed', 'said')} It rained in the night. {denied}")


def test_a_reporter_who_repeats_himself_and_says_that_it_was_not_so_corrects():
    """What follows "I wrote that …" is a correction, though nobody is named."""
    wrote = "In May I wrote that the barge lay tied up."
    assert run(pair_denials, f"{wrote} It did not.") == {(wrote, "It did not.", DisputeKind.CORRECTION)}
    assert not run(pair_denials, f"{wrote.replace('I wrote', 'it was said')} It did not.")


def test_no_such_thing_is_the_nearest_claim_though_that_negates_too():
    """Only "It did not" behind a claim that negates says the same once more; "no such" names its matter."""
    sold = "The mill, which never shut, was sold in May, a neighbour said."
    nothing = "Her lawyer says that she has done no such thing."
    assert {claim for claim, _, _ in run(pair_denials, f"{sold} {nothing}")} == {sold}
    assert not run(pair_denials, f"{sold} “It was not,” her lawyer said.")
    order = "“The instruction was to shake them,” said Kit Dunn, a porter."
    denied = "No such instruction was ever given, the ward says."
    named = run(pair_denials, f"{order} “It was cold in March,” said Olaf Brandt. {denied}")
    assert {claim for claim, _, _ in named} == {order}


def test_a_finding_is_what_was_found_however_far_before():
    """What was only said is no finding; where nothing was found, none is disputed."""
    found = "No gun was found at the mill, Anna Pell of the bureau said."
    dry = ("quay", "road", "roof", "yard", "well", "lane", "pier")
    said = " ".join(f"“The {thing} was dry,” said Olaf Brandt." for thing in dry)
    rejected = "The union rejected the finding."
    assert {claim for claim, _, _ in run(pair_denials, f"{found} {said} {rejected}")} == {found}
    assert not run(pair_denials, f"{said} {rejected}")


def test_whose_assertions_they_are_tells_where_the_claim_is():
    """Of “as to the assertions of the Estmere side” the nearest claim of somebody else is none."""
    lights = "He stressed that the sound signal had been given three times."
    called = (
        "As to the assertions of the Estmere side that no help was given, Arsov called them “an invention”."
    )
    assert not run(pair_denials, f"{lights} {called}")
    helped = "Ada Roe of Estmere said that no help was given."
    assert run(pair_denials, f"{helped} {lights} {called}") == {(helped, called, DisputeKind.DENIAL)}


def test_such_a_thing_that_is_nowhere_named_is_the_nearest_claim_alone():
    """“No recollection of any such letter” is about what was said last."""
    cause = "Priya Rao said that the infection was the cause and that she had written as much."
    stopped = "“I stopped in July. I said why, in writing,” Priya Rao said."
    letter = "The director, Stuart Blew, said that he had no recollection of any such letter."
    assert {claim for claim, _, _ in run(pair_denials, f"{cause} {stopped} {letter}")} <= {stopped}


def test_a_claim_in_a_report_is_what_the_denial_tells():
    """Not whatever was said just before it."""
    before = "Tessel Medical said that it would help."
    denied = "It also denied a claim in the report that it had known of similar cases abroad."
    assert not run(pair_denials, f"{before} {denied}")


def test_a_report_that_is_called_a_vindication_is_not_disputed():
    """A name in quotation marks may praise."""
    routine = "The defence ministry said that the report was routine."
    for name, disputes in (("a vindication", False), ("a farce", True)):
        called = f"The envoy, Helena Strand, called the report “{name}”."
        assert bool(run(pair_denials, f"{routine} {called}")) is disputes
