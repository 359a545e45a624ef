"""What the bot says in each language: complete, of today's English, with its values, forms and dates."""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.plurals import get_plural
from telegram.constants import BotCommandLimit, BotDescriptionLimit, CallbackQueryLimit

from bot.handlers.inline import BUTTON_CHARACTERS, note_reason
from bot.language import catalogues, texts
from bot.language.catalogues import LANGUAGES, list_entries, load_translations, read_catalogue
from bot.language.texts import ENGLISH, PHRASEBOOKS, find_phrasebook
from index.answers import Reason
from index.datatypes import Label, Moment
from tests.stage import on_stage
from tests.telegram_checks import ANN, GROUP

BOT = Path(__file__).parent.parent / "bot"
TRANSLATED = LANGUAGES[1:]
ENTRIES = {entry.key: entry for entry in list_entries(ENGLISH)}
ALERTS = re.compile(
    r"view\.|vote\.|settings\.group_admins|settings\.open_questions\.unseen|ask\.failed|ask\.lost"
)


def messages(language):
    """Return a catalogue's messages by key."""
    return {message.context: message for message in read_catalogue(language) if message.id}


def forms(message):
    """Return a message's translations, one for each plural form, or one."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def fields(text):
    """Return the names of a text's placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def bare(text):
    """Return a text without its placeholders, commands and names."""
    return re.sub(r"\{\w+\}|/\w+|@\w+|config\.toml|\[bot\]|BotFather|Telegram|UTC", " ", text)


def test_every_text_is_said_somewhere():
    """Each key stands in the bot's code, whole or with its last part filled in; else it wants deleting."""
    code = "\n".join(path.read_text() for path in BOT.rglob("*.py") if path.name != "english.py")
    said = set(re.findall(r"""["']([a-z_]+\.[a-z0-9_.-]+)["']""", code))
    begun = tuple(re.findall(r"""f["']([a-z_]+\.(?:[a-z_]+\.)*)\{""", code))
    assert [key for key in ENTRIES if key not in said and not key.startswith(begun)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    """No key is missing, none is left over, and none is empty; `bot.language.translating` lists them."""
    found = messages(language)
    assert sorted(ENTRIES.keys() - found.keys()) == []
    assert sorted(found.keys() - ENTRIES.keys()) == []
    assert [key for key, message in found.items() if not all(forms(message))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_are_of_todays_english(language):
    """A translation stands beside the English text that it was made from, and that is today's."""
    for key, message in messages(language).items():
        entry = ENTRIES[key]
        english = entry.text if entry.plural is None else (entry.text, entry.plural)
        assert message.id == english, key
        assert not message.fuzzy, f"{key}: the English text has changed since it was translated"


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_english(language):
    """Every value of the English text is shown; only a form for exactly one may leave out the number."""
    of_one = {("es", 0)}  # 21, 31, ... take the first form too in Ukrainian and Russian
    for key, message in messages(language).items():
        wanted = fields(ENTRIES[key].plural or ENTRIES[key].text)
        for number, text in enumerate(forms(message)):
            optional = {"n"} if (language, number) in of_one and ENTRIES[key].plural else set()
            assert wanted - optional <= fields(text) <= wanted, f"{key}: {text}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms_are_the_languages_own(language):
    """The catalogue's rule is CLDR's: numbers of one category, and no others, share a form."""
    catalogue = read_catalogue(language)
    rule = get_plural(language)
    assert (catalogue.num_plurals, catalogue.plural_expr) == (rule.num_plurals, rule.plural_expr)
    for message in messages(language).values():
        assert len(forms(message)) == (rule.num_plurals if message.pluralizable else 1)
    phrases, plural_form = find_phrasebook(language), Locale(language).plural_form
    by_category = {}
    for n in (*range(1, 130), 1001, 1002, 1005):
        said = phrases.count("sources.head", n).replace(phrases.write_number(n), "").strip()
        by_category.setdefault(plural_form(n), set()).add(said)
    assert all(len(said) == 1 for said in by_category.values()), by_category
    assert len(set.union(*by_category.values())) == len(by_category)


def test_every_key_that_is_asked_for_is_there():
    """A key that stands in a handler stands in the table."""
    asked = re.compile(r"""\b(?:say|count|say_too_long)\(\s*"([a-z_.0-9-]+)\"""")
    for file in sorted(BOT.rglob("*.py")):
        for key in asked.findall(file.read_text(encoding="utf-8")):
            assert key in ENTRIES or key in ENGLISH, f"{file.name}: {key}"
    for phrases in PHRASEBOOKS.values():
        assert all(phrases.name_label(label) for label in Label)
        assert all(phrases.name_reason(reason) for reason in Reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_where_telegram_shows_them(language):
    """Commands, descriptions and alerts are within Telegram's limits in every language."""
    phrases = find_phrasebook(language)
    for key, entry in ENTRIES.items():
        if entry.plural is not None:
            continue
        size = len(phrases.say(key, **dict.fromkeys(fields(entry.text), "99")))
        if key.startswith("command."):
            assert size <= BotCommandLimit.MAX_DESCRIPTION, key
            assert size <= 44, f"{key}: a phone cuts it"
        elif ALERTS.match(key):
            assert size <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH, key
        elif key.startswith("inline."):
            assert size <= BUTTON_CHARACTERS, f"{key}: the button above the cards cuts it"
        elif key.startswith("button."):
            assert size <= 24, f"{key}: a button cuts it"
    assert all(len(note_reason(reason, phrases)) <= BUTTON_CHARACTERS for reason in Reason)
    assert len(phrases.say("describe.long")) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(phrases.say("describe.short")) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_are_in_their_language(language):
    """No text is left in English, mixes alphabets within a word, or drops a command that it tells of."""
    strange = {"uk": re.compile(r"[ыэъё]", re.IGNORECASE), "ru": re.compile(r"[іїєґ]", re.IGNORECASE)}
    mixed = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
    for key, message in messages(language).items():
        for text in forms(message):
            same = text in (ENTRIES[key].text, ENTRIES[key].plural)
            assert not same or len(re.findall(r"[^\W\d_]", bare(text))) < 4, f"{key}: {text}"
            assert not mixed.search(text), f"{key}: {text}"
            assert language not in strange or not strange[language].search(text), f"{key}: {text}"
            assert set(re.findall(r"/[a-z]+", text)) == set(re.findall(r"/[a-z]+", ENTRIES[key].text)), key
            assert text == text.strip(), key
            assert not re.search(r"  |[\"“”']", text), f"{key}: {text}"
            if language != "es":
                assert not re.search(r"[a-z]{3}", bare(text).replace("admins", "")), f"{key}: {text}"


def test_dates_and_numbers_are_written_as_the_language_does():
    """Months, ranges, lists and marks between thousands follow the language."""
    moment = Moment.at(datetime(2023, 2, 8, 11, 44, tzinfo=UTC))
    days = [Moment(date(2023, 2, 11)), Moment(date(2023, 5, 1)), Moment(date(2024, 5, 1))]
    written = {
        "en": ["8 Feb 2023, 11:44 UTC", "8–11 Feb 2023", "8 Feb – 1 May 2023", "8 Feb 2023 – 1 May 2024"],
        "es": ["8 feb 2023, 11:44 UTC", "8–11 feb 2023", "8 feb – 1 may 2023", "8 feb 2023 – 1 may 2024"],
        "uk": [
            "8 лют. 2023, 11:44 UTC",
            "8–11 лют. 2023",
            "8 лют. – 1 трав. 2023",
            "8 лют. 2023 – 1 трав. 2024",
        ],
        "ru": [
            "8 февр. 2023, 11:44 UTC",
            "8–11 февр. 2023",
            "8 февр. – 1 мая 2023",
            "8 февр. 2023 – 1 мая 2024",
        ],
    }
    numbers = {"en": "12,345", "es": "12.345", "uk": "12\u00a0345", "ru": "12\u00a0345"}
    lists = {"en": "A, B and C", "es": "A, B y C", "uk": "A, B і C", "ru": "A, B и C"}
    for language, phrases in PHRASEBOOKS.items():
        ranges = [phrases.write_range(moment, day) for day in days]
        assert [phrases.write_moment(moment), *ranges] == written[language]
        assert phrases.write_number(12345) == numbers[language]
        assert phrases.join_names(("A", "B", "C")) == lists[language]
        assert phrases.write_range(None, None) == phrases.write_moment(None) == phrases.say("date.unknown")


def test_numbers_take_their_form():
    """One, some and many things are told apart as the language tells them apart."""
    russian, spanish = find_phrasebook("ru"), find_phrasebook("es")
    assert [russian.count("forget.votes", n) for n in (1, 2, 5, 11, 21)] == [
        "1 голос",
        "2 голоса",
        "5 голосов",
        "11 голосов",
        "21 голос",
    ]
    assert [spanish.count("forget.votes", n) for n in (1, 2)] == ["1 voto", "2 votos"]
    assert find_phrasebook("uk").write_progress("reading", 3, 1200) == "Читаю джерела: 3 з 1\u00a0200"


def test_language_is_found_by_its_code():
    """Regions are no matter; a language that the bot does not speak is answered in English."""
    assert [find_phrasebook(code).language for code in ("uk", "es-MX", "RU", "pt-BR", "", None)] == [
        "uk",
        "es",
        "ru",
        "en",
        "en",
        "en",
    ]
    assert [phrases.name for phrases in PHRASEBOOKS.values()] == [
        "English",
        "Español",
        "Українська",
        "Русский",
    ]


def test_untranslated_text_is_said_in_english(monkeypatch):
    """A key that is new, or whose English text has changed, falls back to English by itself."""
    changed = {**ENGLISH, "new.key": "New, {name}", "button.more": "Still more"}
    monkeypatch.setattr(texts, "ENGLISH", changed)
    phrases = find_phrasebook("uk")
    assert phrases.say("new.key", name="Ann") == "New, Ann"
    assert phrases.say("button.more") == "Still more"
    assert phrases.say("button.back") == "Назад"
    with pytest.raises(KeyError):
        phrases.say("no.such.key")


def test_marked_translation_is_not_used(monkeypatch, tmp_path):
    """A translation that is marked as out of date is not said."""
    (tmp_path / "locales").mkdir()
    entry = '#, fuzzy\nmsgctxt "button.back"\nmsgid "Back"\nmsgstr "Zurück"\n'
    (tmp_path / "locales" / "de.po").write_text(entry, encoding="utf-8")
    monkeypatch.setattr(catalogues, "files", lambda package: tmp_path)
    load_translations.cache_clear()
    assert load_translations("de").pgettext("button.back", "Back") == "Back"
    load_translations.cache_clear()


SAID = {"es": "En disputa", "uk": "Оспорюється", "ru": "Оспаривается"}


@pytest.mark.parametrize("language", TRANSLATED)
async def test_answer_speaks_the_language_and_quotes_the_report(tmp_path, language):
    """Header, speaker line, sources and buttons are in the reader's language; quotes stay as they were."""
    phrases = find_phrasebook(language)
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(ANN, language=language)
        (call,) = await stage.write("Is the bridge lost?")
        (context, _) = await stage.press(call, phrases.say("button.context"))
        (absent,) = await stage.write("Who won the chess tournament in Osmere?")
    assert call.text.startswith(f"⚖ {SAID[language]} · {phrases.count('answer.reports', 2)}")
    assert (
        f"{phrases.say('answer.to', chain='the Harbour Agency')} — {phrases.say('label.claimed')}"
        in call.text
    )
    assert call.covered("blockquote")[0] == "“The bridge is lost,” a fireman told the Harbour Agency."
    assert phrases.say("source.headline", title="Bridge at Varn closed after the storm") in call.text
    labels = [button["text"] for button in call.buttons]
    assert {phrases.say(f"button.{key}") for key in ("context", "more", "other_side", "copy")} <= set(labels)
    assert context.text.startswith(phrases.say("view.context"))
    assert absent.text.startswith(phrases.say("none.nothing-on-this"))


@pytest.mark.parametrize("language", TRANSLATED)
async def test_nothing_is_said_in_english(tmp_path, language):
    """Whatever a person of another language sends, not a sentence of the table comes back in English."""
    spoken = {"language_code": language, "id": ANN, "is_bot": False, "first_name": "Somebody"}
    sentences = [text for text in ENGLISH.values() if len(text) > 20 and not fields(text)]
    async with on_stage(tmp_path) as stage:
        for text in (
            "/start",
            "/help",
            "/privacy",
            "/sources",
            "/settings",
            "/ask",
            "/who Nobody",
            "/why",
            "/status",
            "/rebuild",
            "/forgetme",
            "x" * 3000,
        ):
            calls = await stage.write(text, **{"from": spoken})
            assert calls, text
            for call in calls:
                assert not [sentence for sentence in sentences if sentence in call.text], text


async def test_a_chats_choice_goes_before_the_persons_language(tmp_path):
    """A group that chose Ukrainian is answered in it, and the same person in private in Spanish."""
    spanish = {"from": {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "es"}}
    async with on_stage(tmp_path) as stage:
        await stage.collaborators.preferences.change(GROUP, language="uk")
        (in_group,) = await stage.write("/ask Is the bridge lost?", chat=GROUP, **spanish)
        (in_private,) = await stage.write("Is the bridge lost?", **spanish)
        (in_english,) = await stage.write("Is the bridge lost?", person=12)
        stage.answerer.failure = RuntimeError("broken")
        (apology,) = await stage.write("/ask Is the bridge lost?", chat=GROUP, **spanish)
    assert apology.text == find_phrasebook("uk").say("ask.failed")
    assert in_group.text.startswith("⚖ Оспорюється · 2 незалежні публікації")
    assert in_private.text.startswith("⚖ En disputa · 2 noticias independientes")
    assert in_english.text.startswith("⚖ Disputed · 2 independent reports")


async def test_menu_goes_through_the_languages(tmp_path):
    """A press on the line chooses the next language, named in itself, and the menu speaks it at once."""
    async with on_stage(tmp_path) as stage:
        (menu,) = await stage.write("/settings")
        named = []
        for _ in range(len(LANGUAGES) + 1):
            button = next(b for b in menu.buttons if ":language:" in b["callback_data"])
            named.append(button["text"])
            calls = await stage.press_data(menu, button["callback_data"])
            menu = next(call for call in calls if call.method == "editMessageText")
    assert named == [
        "Language: automatic",
        "Language: English",
        "Idioma: Español",
        "Мова: Українська",
        "Язык: Русский",
    ]
    assert menu.text.startswith("Settings")
