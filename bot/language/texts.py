"""The phrasebooks: what the bot says, in the language of whoever reads it.

Handlers and rendering ask a `Phrasebook` for a text by its key. The English texts stand in english.py, their
translations in `bot/language/locales/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.language.catalogues import LANGUAGES, SOURCE, load_translations
from bot.language.english import ENGLISH
from index.answers import Reason
from index.datatypes import Label, Moment

QUESTION_MARKS: Final = ("?", "？", "؟")
"""What ends a question, in whichever script."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The texts of one language, its dates and its numbers; what is not translated is said in English."""

    language: str

    @property
    def name(self) -> str:
        """The language's name in itself."""
        name = Locale(self.language).get_display_name() or self.language
        return name[:1].upper() + name[1:]

    def say(self, key: str, /, **values: object) -> str:
        """Return the text of a key with its values filled in; raise KeyError for a key that is not there."""
        return load_translations(self.language).pgettext(key, ENGLISH[key]).format(**values)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Return the text for a number of things, in the language's plural form, with `n` filled in."""
        forms = ENGLISH[f"{key}.one"], ENGLISH[f"{key}.other"]
        text = load_translations(self.language).npgettext(key, *forms, n)
        return text.format(n=self.write_number(n), **values)

    def name_label(self, label: Label) -> str:
        """Return the noun for how a statement was made."""
        return self.say(f"label.{label.value}")

    def name_reason(self, reason: Reason) -> str:
        """Return the sentence for why there is no answer."""
        return self.say(f"none.{reason.value}")

    def write_number(self, number: float) -> str:
        """Return a number with the language's marks: `1,234.5`, `1.234,5`, `1 234,5`."""
        return format_decimal(number, locale=self.language)

    def write_day(self, day: date) -> str:
        """Return a day as `8 Feb 2023`, with the language's short name of the month."""
        return format_date(day, "d MMM y", locale=self.language)

    def write_day_of_year(self, day: date) -> str:
        """Return a day as `8 Feb`."""
        return format_date(day, "d MMM", locale=self.language)

    def write_month(self, day: date) -> str:
        """Return a day's month as `Feb 2023`."""
        return format_date(day, "MMM y", locale=self.language)

    def write_moment(self, moment: Moment | None) -> str:
        """Return `8 Feb 2023, 11:44 UTC`, `8 Feb 2023` where no time is known, or `date unknown`."""
        if moment is None:
            return self.say("date.unknown")
        day = self.write_day(moment.day)
        if moment.instant is None:
            return day
        return self.say("date.instant", day=day, time=f"{moment.instant:%H:%M}")

    def write_range(self, first: Moment | None, last: Moment | None) -> str:
        """Return the days from first to last: one day where they are the same."""
        days = [moment.day for moment in (first, last) if moment is not None]
        if not days:
            return self.say("date.unknown")
        start, end = days[0], days[-1]
        written = self.write_day(end)
        if start == end:
            return written
        if start.year != end.year:
            return self.say("date.range", first=self.write_day(start), last=written)
        if start.month != end.month:
            return self.say("date.range", first=self.write_day_of_year(start), last=written)
        return self.say("date.range_month", day=start.day, last=written)

    def say_too_long(self, key: str, size: int, limit: int) -> str:
        """Return what is said of a text that is too long: how many characters it has, and may have."""
        return self.say(key, n=self.write_number(size), limit=self.write_number(limit))

    def write_progress(self, stage: str, done: int, total: int) -> str:
        """Return how far a build is: its stage, with a count where there is one."""
        known = f"stage.{stage}"
        name = self.say(known) if known in ENGLISH else stage
        so_far = self.write_number(done)
        if total > 0:
            return self.say("rebuild.progress", stage=name, done=so_far, total=self.write_number(total))
        return self.say("rebuild.progress_open", stage=name, done=so_far) if done else name

    def join_names(self, names: tuple[str, ...]) -> str:
        """Return names as a list in words: `A`, `A and B`, `A, B and C`."""
        if len(names) < 2:
            return "".join(names)
        return self.say("list.and", first=", ".join(names[:-1]), last=names[-1])


PHRASEBOOKS: Final[Mapping[str, Phrasebook]] = {language: Phrasebook(language) for language in LANGUAGES}


def find_phrasebook(language: str | None) -> Phrasebook:
    """Return the phrasebook of a language code ("uk", "pt-BR"), or English where there is none."""
    return PHRASEBOOKS.get((language or "").partition("-")[0].lower(), PHRASEBOOKS[SOURCE])
