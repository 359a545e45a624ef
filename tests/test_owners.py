"""Whose "he", "the striker" and "the spokesman" are, on invented texts."""

import pytest

from index.speech.attribution import attribute_text
from index.speech.people import load_people

from .speech import name_last


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # A given name alone is the same person as the full name.
        (
            "Tilda Marrow runs the port. Tilda was tired. Karl Pohl left.\n\n“It is late,” she said.",
            "Tilda Marrow",
        ),
        # A body with "the" before it and an acronym are no "he".
        ("Ulrich Stern praised the Sellmar Nation at the NHA.\n\n“It is late,” he said.", "Ulrich Stern"),
        # The name in the phrase that opens the pronoun's own clause comes before the last speaker.
        (
            "Ulrich Stern, the pilot, said it was late. Ivo Brandt, a clerk, was there.\n\n"
            "In Brandt’s view, he said, “it is early”.",
            "Ivo Brandt",
        ),
        # Who is introduced in the paragraph comes before those of the paragraph above.
        (
            "Lisa Marsh checks herself into a clinic, telling Dan Holm that she will try it. Lisa Marsh "
            "sleeps little.\n\nThe series follows keeper Natalie Walter’s own nights without sleep. “We saw "
            "a clinic, which was fascinating,” she told the paper.",
            "Natalie Walter",
        ),
        # Of a subject and the children in a clause about her, the subject is meant.
        (
            "Roe - who shares son Rocky, 11, and daughter Ada Grace, 14, with her husband - posted a "
            "picture of the quay.\n\n“This is what I have been dealing with,” she wrote.",
            "Roe",
        ),
        # Somebody's mother who is quoted in passing is not who goes on.
        (
            "Britta Speer went to the quay. Soon after, her mother invites her to a house because “the cops "
            "are after you”. When she arrives, so do they. “I am a singer who calls all sir,” she writes.",
            "Britta Speer",
        ),
        # A place or a hospital is named after a saint.
        (
            "Outside Saint Anselm I talked to Kit Dunmore, who is a porter.\n\n“It is late,” he said.",
            "Kit Dunmore",
        ),
        # "Jr." is no surname.
        ("Ulrich Stern Jr. issued a statement.\n\n“It is late,” he said.", "Ulrich Stern Jr."),
        # Who is introduced with a role is meant before one whose place in the sentence is better.
        (
            "Marta Vogel slept. Rain fell.\n\nThe play was made by director Jane Roe.\n\n"
            "“It is late,” she tells me.",
            "Jane Roe",
        ),
        # People in a picture's caption are not meant.
        (
            "Ulrich Stern, the pilot, left.\n\nJohn Doe had a bad day (Credit: Halyard)\n\n"
            "“It is late,” he said.",
            "Ulrich Stern",
        ),
        # The last speaker goes on over sentences that name nobody.
        (
            "Jane Roe said it was late." + " Rain fell on the quay." * 9 + "\n\n“It is early,” she said.",
            "Jane Roe",
        ),
    ],
)
def test_pronouns_have_owners(text, name, parser):
    """A pronoun stands for whom the text before it means."""
    assert name_last(text, parser) == name


def test_what_a_pronoun_shows_is_learned(parser):
    """Where “he” stood for somebody beyond doubt, “she” cannot stand for the same person later."""
    text = (
        "Marta Vogel, a baker, went home.\n\nWendolin Arp, the pilot, came late. “It is late,” he said."
        "\n\n"
        "Arp looked at the bread. “It is early,” she said."
    )
    assert [statement.name for statement in attribute_text(text, parser)] != ["Wendolin Arp", "Wendolin Arp"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ulrich Stern was called up for Sellmar. “It is late,” the midfielder said.", "Ulrich Stern"),
        ("Ulrich Stern was glad. “It is late,” the Sellmar manager said.", "Ulrich Stern"),
        ("Ulrich Stern was glad. “It is late,” the manager said.", "the manager"),
        ("Ada Stern was glad. “It is late,” the 34-year-old mother of three said.", "Ada Stern"),
        ("Ada Stern was glad. “It is late,” the mayor of Sellmar said.", "the mayor of Sellmar"),
        ("Ulrich Stern met Karl Pohl. Pohl was glad. “It is late,” the striker said.", "the striker"),
    ],
)
def test_epithets_have_owners(text, name, parser):
    """“The striker” is who was just named; “the manager” may be anybody unless more is told."""
    assert name_last(text, parser) == name


def test_a_role_whose_name_is_withheld_is_not_somebody_named_before(parser):
    """“The coach” is the one who asked to stay nameless, not the coach who is named further up."""
    text = (
        "Harbour coach Ulrich Stern was glad, he said. An opposing coach, who requested anonymity because he "
        "works for another club, pointed to the hands.\n\n“It is late,” the coach said."
    )
    assert name_last(text, parser) == "An opposing coach"


def test_somebody_else_named_in_the_sentence_may_be_meant(parser):
    """“The Sellmar native” may be either of those whom the text has just named."""
    text = (
        "“It is late,” Ulrich Stern said.\n\nFor captain Karl Pohl, who missed the last match, the Sellmar "
        "native noted that it was early."
    )
    assert name_last(text, parser) == "the Sellmar native"


def test_a_full_name_is_shown_from_where_it_is_written_in_full(parser):
    """A given name that stands for the full one elsewhere is not shown in its place."""
    text = (
        "Taylor Stern has been named. Fearless (Taylor’s Version) came out. "
        "“This is the proudest I’ve ever felt,” Stern told Time."
    )
    assert name_last(text, parser) == "Taylor Stern"


def test_a_name_right_behind_a_noun_is_no_epithet(parser):
    """“The broadcaster Radio Varn” is a broadcaster, and not the last person who spoke."""
    text = "“It is late,” Ulrich Stern said. According to the broadcaster Radio Varn, it is early."
    assert name_last(text, parser) == "Radio Varn"


def test_a_spokesman_introduced_later_is_meant(parser):
    """“The spokesman” is the one introduced last, not somebody named before who holds such a post."""
    text = (
        "Party spokesman Ulrich Stern said it was late. A spokesman for the port declined to say more.\n\n"
        "“It is early,” the spokesman said."
    )
    assert name_last(text, parser) == "A spokesman for the port"


def test_a_surname_is_known_whatever_its_tag(parser):
    """A word that ends a full name elsewhere is a name, though the parser takes it for a noun."""
    text = (
        "“It is late,” said senior author Marta Grells, a biologist.\n\n"
        "Grells, who runs the laboratory, told Halyard that it was early."
    )
    assert name_last(text, parser) == "Marta Grells"


def test_an_epithet_means_whom_its_own_paragraph_names(parser):
    """An epithet means the one subject of its paragraph, though another spoke in the one above."""
    text = (
        "Harbour coach Hallgrim Moen described his side as being on a mission.\n\nKaroy Lind, who plays for "
        "Sellmar, was called up for the first time. “I was just shocked,” the midfielder told the paper."
    )
    assert name_last(text, parser) == "Karoy Lind"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("The hard-charging Harbour Committee chairman", "Jim Stern"),
        ("The Sellmar commissioner", "Jim Stern"),
        ("The commissioner", "The commissioner"),
        ("The Sellmar controller", "The Sellmar controller"),
    ],
)
def test_an_office_told_by_a_name_is_an_epithet(mention, name, parser):
    """An office that a capital tells more of is the last speaker's; one that may be anybody's is not."""
    text = f"“They made another choice,” Jim Stern said on Friday.\n\n{mention} said it was “late”."
    assert name_last(text, parser) == name


def test_an_actor_may_be_a_woman(parser):
    """An actor stands for a woman who spoke last as well as for a man."""
    text = (
        "Sarah Gell posted a picture of the quay.\n\n“This is what I have been dealing with,” she wrote.\n\n"
        "The Cruel Tides actor added: “Why is there no better help?”"
    )
    assert name_last(text, parser) == "Sarah Gell"


def test_a_given_name_listed_twice_keeps_its_pronoun():
    """A given name is nobody's in particular only where both women and men are listed by it."""
    given = load_people().given
    assert given["joanna"] == "she"
    assert given["joshua"] == "he"
    assert given["jean"] == "either"


@pytest.mark.parametrize("thing", ["Google Maps", "Instagram Story", "Apple Tags"])
def test_a_company_with_a_product_is_nobody(thing, parser):
    """A name that holds a company's is no person, and the company is not named by its product."""
    company = thing.split()[0]
    text = f"Ulrich Stern, the pilot, used {thing}.\n\n{company} said it was safe.\n\n“It is late,” he said."
    assert [each.name for each in attribute_text(text, parser)] == [company, "Ulrich Stern"]


def test_a_given_name_read_as_another_word_belongs_to_the_name(parser):
    """A listed given name before a name is no role, and "Will" before one in a question no given name."""
    assert name_last("Hester Voss called the port “a ruin”.", parser) == "Hester Voss"
    assert name_last("Will Torpress ever open? Torpress said the port was “a ruin”.", parser) == "Torpress"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Nobody calls himself by name: of whom "he" tells is somebody else.
        (
            "Ivo Brandt met Ulrich Stern. Stern was calm that day. He said Stern was tired of the port.",
            "Ivo Brandt",
        ),
        # Who did something to "her" is not "she".
        ("Jane Roe runs the port. After Marta Vogel accused her of lies, she said it was late.", "Jane Roe"),
        # Who is likened to somebody is not that person.
        (
            "Ulrich Stern runs the port. He is tall.\n\nIvo Brandt, a pilot, sat there. Like Stern, he said "
            "the quay was lost.",
            "Ivo Brandt",
        ),
        # Somebody without a name came last.
        (
            "Ulrich Stern runs the port of Varn. Around that time an Italian professor wrote a paper on it. "
            "“It is a problem,” he wrote.",
            "an Italian professor",
        ),
        # A man who is said to be somebody's kind is that person.
        (
            "I met Ivo Brandt there. He was the kind of tall man who described himself as “a nerd,” and he "
            "said it was late.",
            "Ivo Brandt",
        ),
        # A paper is nobody, though its name may end as a trade does.
        ("It was late, according to the Varn Banner. He went on to explain that he was “happy”.", None),
        # Of several who are joined, "she" is none in particular.
        (
            "Tilda Marrow keeps the goal.\n\nShe was hugged by captain Britta Vogel and Lisa Marsh. “I was "
            "never so glad,” she joked.",
            "Tilda Marrow",
        ),
        # A title's stop ends no sentence.
        ("The Book condemns it many times, said Fr. Ulrich Stern.\n\n“It is late,” he said.", "Ulrich Stern"),
    ],
)
def test_who_cannot_be_meant(text, name, parser):
    """A pronoun's owner is none of those whom grammar rules out, and may have no name."""
    assert name_last(text, parser) == name


def test_a_pronoun_goes_before_an_epithet_of_nobody_known(parser):
    """Where "the singer" tells of nobody, "she" in the same sentence may still tell who it is."""
    text = (
        "Tilda Marrow left the port. “It is late,” Tilda Marrow said. It rained. It rained on. It was dark. "
        "But the singer refuses to go: “It is late,” she told the paper."
    )
    assert name_last(text, parser) == "Tilda Marrow"


def test_words_for_things_are_no_roles():
    """A noun that ends as words for things do is no role, whatever else it ends in."""
    people = load_people()
    assert not people.is_role("willingness")
    assert not people.is_role("tournament")
    assert people.is_role("hostess")


def test_a_place_is_nobody_who_may_be_meant(parser):
    """Where the last speaker was named long before, a place named since makes no doubt of who she is."""
    rest = " ".join(["Rain fell on the quay."] * 9)
    text = (
        "Tilda Marrow sings. “It is late,” Tilda Marrow said at Varn Fields.\n\n"
        f"The town slept near Varn Fields. {rest}\n\n“It is early,” she said."
    )
    assert name_last(text, parser) == "Tilda Marrow"


def test_an_office_named_only_behind_is_not_that_of_somebody_nameless_before(parser):
    """Of an anonymous coach who has just been introduced, "the coach" is said, not of one named later."""
    text = (
        "Another coach, who requested anonymity because he works for the port, was calm.\n\n"
        "“It is late,” the coach said.\n\nThe Varn coach, Karl Pohl, was asked. Coach Karl Pohl left."
    )
    statements = [each for each in attribute_text(text, parser) if "late" in text[slice(*each.content[0])]]
    assert [each.name for each in statements] == ["Another coach"]
