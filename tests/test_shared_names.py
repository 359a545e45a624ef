from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.events.shared_names import count_names, find_bound


def hold(*names):
    return Counter(names)


FIRST, SECOND = hold("orla", "benn", "stell", "monday"), hold("orla", "benn", "stell", "harrowby")
FOLLOW_UP = hold("orla", "benn", "stell", "lawyer")
ELSEWHERE = hold("castleway", "reuben")


def find(groups, names):
    return list(find_bound(groups, names))


def test_names_have_a_capital_inside_a_sentence_and_never_go_without():
    """Openings of sentences alone make no name, nor do words that the text also writes small."""
    names = count_names(
        "Nobody saw Benn. Benn left the Mill by the mill. He met Orla Benn, Stell and Anna-Lise."
    )
    assert names == {"benn": 3, "orla": 1, "orla benn": 1, "stell": 1, "anna-lise": 1}


@given(st.text())
def test_names_are_words_of_the_text(text):
    """Whatever the text, each name stands in it as often as counted, at least."""
    folded = text.casefold()
    for name, times in count_names(text).items():
        assert all(folded.count(word) >= times for word in name.split())


def test_three_names_that_nobody_else_holds_bind_a_report_to_a_story():
    """Two articles of a story and a third report share three names of their own."""
    assert find({7: (0, 1), 9: (2,), 8: (3,)}, [FIRST, SECOND, FOLLOW_UP, ELSEWHERE]) == [(7, 9)]


def test_two_names_bind_nothing():
    """What shares two names with a story is not bound to it."""
    assert find({1: (0, 1), 2: (2,)}, [FIRST, SECOND, hold("orla", "benn", "lawyer")]) == []


def test_names_that_others_hold_bind_nothing():
    """Where half of the reports with a name are elsewhere, the name is nobody's own."""
    others = [hold("orla", "benn", "stell")] * 3
    groups = {1: (0, 1), 2: (2,), 3: (3,), 4: (4,), 5: (5,)}
    assert find(groups, [FIRST, SECOND, FOLLOW_UP, *others]) == []


def test_reports_of_one_league_share_more_than_their_own_names():
    """Three names of their own bind no groups that also share as many with everybody."""
    league = hold("united", "rovers", "city")
    names = [each + league for each in (FIRST, SECOND, FOLLOW_UP)] + [league] * 3
    groups = {1: (0, 1), 2: (2,), 3: (3,), 4: (4,), 5: (5,)}
    assert find(groups, names) == []
    assert find(groups, [*names[:3], ELSEWHERE, ELSEWHERE, ELSEWHERE]) == [(1, 2)]


def test_two_words_that_go_together_are_one_partys_own():
    """Others write "table" and "harvest", but only these two groups of Harvest Table."""
    words = ("harvest", "table")
    firm = (*words, "harvest table", "orley")
    names = [hold(*firm), hold(*firm), hold(*firm), *[hold(word) for word in words * 4]]
    groups = {row: (row,) for row in range(2, len(names))} | {0: (0, 1)}
    assert find(groups, names) == [(0, 2)]
    assert find(groups, [names[0] - hold("harvest table"), *names[1:2], names[2] - hold("harvest table"),
                         *names[3:]]) == []  # fmt: skip


def test_a_report_of_somebody_else_that_recalls_a_story_is_not_bound():
    """Three shared names are few beside those that a report repeats of its own event."""
    other = hold(*FOLLOW_UP) + Counter({"hollin": 6, "roe": 4, "carr": 3})
    assert find({1: (0, 1), 2: (2,)}, [FIRST, SECOND, other]) == []


def test_two_lone_reports_are_not_bound():
    """Names of a season's players stand in two reports of different rounds just as well."""
    assert find({1: (0,), 2: (1,)}, [FIRST, SECOND]) == []
