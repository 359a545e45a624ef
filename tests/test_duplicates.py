import random
from datetime import date

import pytest

from index.answers import Citation, Quote
from index.datatypes import Article, Moment, Report
from index.evaluation.duplicates import (
    COPIES,
    EDITS,
    change_particulars,
    evaluate_duplicates,
    make_edited_set,
)
from index.events.duplicates import COPIED, count_reports, find_carriers, take_print

NOUNS = ["bridge", "council", "ferry", "harbour", "library", "market", "mill", "orchard", "quarry", "school"]
VERBS = ["closed", "opened", "flooded", "inspected", "repaired", "sold", "painted", "measured", "fenced"]
PLACES = ["Aldermoor", "Brinscombe", "Castleway", "Dunmarrow", "Elmstone", "Fernhithe", "Garrowby", "Hexley"]
PEOPLE = ["Anna Pell", "Tomas Reuben", "Ines Marchetti", "Olaf Brandt", "Grace Adeyemi", "Piotr Nowak"]


def write_text(seed, sentences=18):
    chance = random.Random(seed)
    pieces = []
    for number in range(sentences):
        pieces.append(
            f"The {chance.choice(NOUNS)} near {chance.choice(PLACES)} was {chance.choice(VERBS)} when "
            f"{chance.randint(2, 900)} {chance.choice(NOUNS)} keepers and {chance.choice(PEOPLE)} "
            f"{chance.choice(VERBS)} the {chance.choice(NOUNS)} of {chance.choice(PLACES)}."
        )
        if number % 4 == 3:
            pieces.append("\n\n")
    return " ".join(pieces).replace(" \n\n ", "\n\n").strip()


def write_article(key, text, day=None, origin=None):
    return Article(
        key, f"Title {key}", text, key, published=Moment(date(2024, 5, day)) if day else None, origin=origin
    )


def is_copy(one, two):
    return len(find_carriers([write_article("one", one), write_article("two", two)])) == 1


def quote(article, origin=None, chain=()):
    citation = Citation(article, "Title", None, None, None, None, origin=origin)
    return Quote(citation, 0, 4, "Text", 1.0, chain=chain)


@pytest.fixture(scope="module")
def articles():
    return [write_article(f"a{number}", write_text(number), day=1 + number) for number in range(12)]


def test_two_hundred_edited_copies_are_told_from_look_alikes(articles):
    """Cut, retitled, re-punctuated, reworded and extended copies join their original, look-alikes do not."""
    score = evaluate_duplicates(articles)
    assert score.right + score.missed >= COPIES
    assert score.f1 >= 0.97


def test_the_edited_set_is_the_same_for_the_same_seed(articles):
    """The set that the evaluation makes is reproducible, and every edit changes the text."""
    assert make_edited_set(articles, 3) == make_edited_set(articles, 3)
    for edits in EDITS:
        text = articles[0].text
        for edit in edits:
            assert edit(text, random.Random(1)) != text


def test_every_article_is_in_exactly_one_report(articles):
    """Originals and carriers together are the articles, each once."""
    found = find_carriers(make_edited_set(articles, 3).articles)
    members = [key for report in found for key in (report.original, *report.carriers)]
    assert sorted(members) == sorted(article.id for article in make_edited_set(articles, 3).articles)


def test_a_cut_copy_with_added_paragraphs_is_a_carrier():
    """The first third of a wire text with two paragraphs of an outlet's own still carries it."""
    text = write_text(1)
    third = text[: len(text) // 3]
    assert is_copy(text, third)
    assert is_copy(text, f"{text}\n\nA paragraph of our own, written here.\n\nAnd one more of them.")


def test_the_same_sentences_about_another_town_are_another_report():
    """A template filled with other names and numbers is a look-alike, however many words it shares."""
    text = "\n\n".join(
        f"In {place} the flood reached {number} homes before the water began to fall. Crews worked through "
        "the night to clear the mud in the streets, to pump out the cellars and to restore the power, and "
        "schools stayed shut while engineers looked at the river walls for cracks that nobody had seen."
        for place, number in zip(PLACES[:3], (10, 24, 37), strict=True)
    )
    other = change_particulars(text, random.Random(2))
    assert len(take_print(text).shingles & take_print(other).shingles) > COPIED * len(
        take_print(text).shingles
    )
    assert not is_copy(text, other)


def test_each_of_many_look_alikes_is_read_a_bounded_number_of_times():
    """Reports that fill one template share most words; they are told apart by their names and numbers."""
    template = (
        "In {} the flood reached {} homes before the water began to fall. Crews worked through the night to "
        "clear the mud from the streets of {}, to pump out {} cellars and to restore the power in {}."
    )
    chance = random.Random(3)
    articles = [
        write_article(
            f"alike {number}", change_particulars(template.format("Elm", 8, "Oak", 31, "Ash"), chance)
        )
        for number in range(90)
    ]
    take_print.cache_clear()
    assert len(find_carriers(articles)) > 80
    assert take_print.cache_info().misses <= 2 * len(articles)


def test_the_earliest_report_is_the_original_and_a_wire_credit_comes_first():
    """Among copies the one that credits an agency is the original, else the earliest; undated ones last."""
    text = write_text(4)
    dated = [write_article("late", text, 9), write_article("early", text, 2), write_article("undated", text)]
    assert find_carriers(dated) == (Report("early", ("late", "undated")),)
    credited = [*dated, write_article("wire", text, 11, origin="TASS")]
    assert find_carriers(credited) == (Report("wire", ("early", "late", "undated")),)


def test_a_round_up_does_not_tie_two_reports_together():
    """Two reports that a third contains stay two reports."""
    first, second = write_text(5), write_text(6)
    found = find_carriers(
        [
            write_article("first", first, 1),
            write_article("second", second, 2),
            write_article("both", f"{first}\n\n{second}", 3),
        ]
    )
    assert len(found) == 2


def test_texts_without_words_or_too_short_to_judge_are_apart():
    """Short texts are copies only if they are equal; empty input gives no reports."""
    assert find_carriers([]) == ()
    assert not is_copy("Police opened fire.", "Police opened fire again.")
    assert is_copy("Police opened fire.", "POLICE – opened fire")
    assert not is_copy("", "Police opened fire.")


def test_reports_are_counted_by_origin():
    """Copies, one credited agency and one agency told by all the sources each count once."""
    carried = (Report("a", ("b", "c")),)
    assert count_reports([quote("a"), quote("b"), quote("c")], carried) == 1
    assert count_reports([quote("a"), quote("d")], carried) == 2
    assert count_reports([quote("a", origin="AP"), quote("d", origin="The Associated Press")]) == 1
    assert count_reports([quote("a", chain=("TASS",)), quote("d", chain=("TASS",))]) == 1
    assert count_reports([quote("a", chain=("TASS",)), quote("d", origin="Tass")]) == 1


def test_an_article_with_words_of_its_own_counts_by_itself():
    """Quotes from one article are one report, whoever told it a part of them."""
    assert count_reports([quote("a", chain=("TASS",)), quote("a")]) == 1
    assert count_reports([quote("a", chain=("TASS",)), quote("a"), quote("d", chain=("TASS",))]) == 2
    assert count_reports([]) == 0


def test_an_origin_goes_by_one_name():
    """Names of an agency are brought to one, known or not; other names stay apart."""
    for one, two in (("The Associated Press", "AP"), ("Halyard News Agency", "Halyard"), ("tass", "TASS")):
        assert count_reports([quote("a", origin=one), quote("d", chain=(two,))]) == 1
    assert count_reports([quote("a", origin="Harrowby Wire"), quote("d", origin="Hexley Wire")]) == 2
