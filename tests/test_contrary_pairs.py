from index.events.contraries import oppose_words
from index.events.contrary_pairs import pair_contraries
from tests.retellings import run

TOLL = "The Elmstone market blast killed 40 people, the governor said."


def test_tolls_of_other_events_oppose_nothing():
    """Another town's bomb has another toll; so has the same town's once it counts other things."""
    assert not run(pair_contraries, TOLL, "A bomb in Harrowby killed 12 people, police said.")
    assert not run(pair_contraries, TOLL, "In Elmstone an attack on a bus killed 12 people, police said.")
    assert run(pair_contraries, TOLL, "The Elmstone market blast killed 12 people, police said.")


def test_a_contested_count_opposes_every_other_of_its_kind():
    """Once one side insists on its number, the counts of the event are held against each other."""
    hurt = "The leak made 43 people ill, Ines Marchetti said."
    insisting = "Bosses at Ferris Lines insist the leak made nine people ill."
    assert len(run(pair_contraries, hurt, insisting)) == 1


def test_reports_that_tick_from_matter_to_matter_are_left_out():
    """The lines of a live ticker are about one thing after another."""
    lines = "\n\n".join(f"9:0{number} p.m. — Nothing new, he said." for number in range(6))
    assert run(pair_contraries, TOLL, "The Elmstone market blast killed 12 people, police said.")
    assert not run(
        pair_contraries, TOLL, f"The Elmstone market blast killed 12 people, police said.\n\n{lines}"
    )


def test_a_fact_and_its_negation_by_two_speakers_are_contrary():
    """Two named sides are needed: a reporter does not dispute himself."""
    fine = "“The Elmstone bank accounts are fine,” Olaf Brandt said."
    broken = "“The Elmstone bank accounts are not fine,” Ines Marchetti said."
    assert len(run(pair_contraries, f"{fine} {broken}")) == 1
    assert not run(pair_contraries, f"{fine} {broken.replace('Ines Marchetti', 'Olaf Brandt')}")


def test_words_that_many_reports_repeat_are_held_against_others_once(monkeypatch):
    """All reports of one side oppose all of the other, whose words are compared once."""
    held = []

    def oppose(one, two):
        held.append((one, two))
        return oppose_words(one, two)

    monkeypatch.setattr("index.events.contrary_pairs.oppose_words", oppose)
    fine = "“The Elmstone bank accounts are fine,” Olaf Brandt said."
    broken = "“The Elmstone bank accounts are not fine,” Ines Marchetti said."
    found = []

    def pairs(story):
        found[:] = pair_contraries(story)
        return found

    run(pairs, *[fine, broken] * 9)
    assert len({(pair.claim, pair.denial) for pair in found}) == 9 * 9
    assert len(held) == 6  # `run` lets the rule look six times


def test_what_one_side_says_of_all_is_held_against_the_other():
    """Fewer words need be shared than of a plain negation; one person's two sentences are no dispute."""
    some = "“The Elmstone mill had 12 boxes that were not counted,” Olaf Brandt said."
    every = "“Every box that came in was counted,” Ines Marchetti said."
    assert len(run(pair_contraries, f"{some} {every}")) == 1
    assert not run(pair_contraries, f"{some} {every.replace('Ines Marchetti', 'Olaf Brandt')}")


def test_a_number_that_is_put_instead_of_another_contests_it():
    """Who says "not four sacks but two" opposes the four, and needs no other word that it is contested."""
    four = "The Elmstone Lantern had reported that four sacks lay in the Harrowby school."
    two = "“Not four sacks but two were stored in the school,” Ines Marchetti said."
    assert len(run(pair_contraries, four, two)) == 1
    assert not run(pair_contraries, four, two.replace("Not four sacks but two", "Two sacks"))


def test_who_puts_an_amount_at_a_number_is_a_side():
    """Such a sentence tells whose number it is, as one with "said" does."""
    put = "Harrowby Mill put the loss of tank oil at 900 litres."
    other = "The Elmstone union claimed that the loss of tank oil was 4,000 litres."
    assert len(run(pair_contraries, put, other)) == 1
    assert not run(pair_contraries, put.replace("put", "saw"), other)


def test_another_sides_bare_number_is_of_what_was_counted_before():
    """It counts nothing by itself: "put the figure at 38", "said it was nine"."""
    counted = "About 160 prisoners refused their meals, said Anna Pell of the relatives' group."
    for other in ("The prison service put the figure at 38.", "Olaf Brandt of the prison said it was nine."):
        assert len(run(pair_contraries, f"{counted} {other}")) == 1
    weeks = "Patients wait 31 weeks, Anna Pell told lawmakers."
    assert not run(pair_contraries, f"{weeks} Olaf Brandt said the wait was long.")
    assert not run(pair_contraries, f"{counted} Anna Pell said it was nine.")
    assert not run(pair_contraries, f"{counted} The prison service put the figure at 160.")
