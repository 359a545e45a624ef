"""Every sentence that the bot says, in English, and the phrasebooks that say it in other languages.

Handlers and rendering ask a `Phrasebook` for a text by its key; nothing else holds words for users. The
translations stand in `bot/locales/`, made from the English texts here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.catalogues import LANGUAGES, SOURCE, load_translations
from index.datatypes import Label, Moment, Reason

# A text that depends on a number has two keys, "key.one" and "key.other".
ENGLISH: Final[Mapping[str, str]] = {
    # Answers
    "answer.disputed": "⚖ Disputed",
    "answer.reports.one": "{n} report",
    "answer.reports.other": "{n} independent reports",
    "answer.understood": "Taken to mean: {question}",
    "answer.as_reported": "As reported",
    "answer.as_reported_by": "As reported by {outlet}",
    "answer.to": "to {chain}",
    "answer.continued": "(the quote goes on)",
    "answer.dropped.one": "One quote was left out: it no longer matches its report.",
    "answer.dropped.other": "{n} quotes were left out: they no longer match their reports.",
    "answer.one_side": "One side",
    "answer.other_side": "The other side",
    "answer.unsure": "The nearest reports; I am not sure that they answer this.",
    "answer.corrects": "correction",
    "label.stated": "statement",
    "label.claimed": "claim",
    "label.denied": "denial",
    "label.confirmed": "confirmation",
    "label.alleged": "allegation",
    "label.anonymous": "anonymous source",
    "label.second-hand": "at second hand",
    # Sources
    "source.no_outlet": "outlet not stated",
    "source.no_date": "date unknown",
    "source.origin": "text by {origin}",
    "source.carriers": "carried by {n} outlets, also by {outlets}",
    "source.headline": "“{title}”",
    # No answer
    "none.empty-index": "The index holds no reports yet, so I cannot answer anything. "
    "Whoever runs this bot can add some.",
    "none.not-a-question": "I answer questions about reported events. Ask me something like: "
    "Who denied the withdrawal? How many towns came under fire?",
    "none.nothing-on-this": "Nothing in the reports answers this.",
    "none.nothing-in-those-dates": "Nothing in the reports from those dates answers this.",
    "none.nothing-in-dates": "Nothing in the reports answers this for {phrase}.",
    "none.outlet-has-nothing": "That outlet has nothing on this in the index.",
    "none.unknown-outlet": "The index holds no reports by {outlets}.",
    "none.named-outlet": "{outlets}: nothing on this in the index.",
    "none.alternatives": "Others report on it: {outlets}.",
    "none.related-but-not-stated": "There are related reports, but none of them states this.",
    "none.fresh": "Newest report: {newest}. Index built {built}.",
    "none.fresh_undated": "Index built {built}.",
    # Buttons
    "button.context": "Context",
    "button.more": "More",
    "button.other_side": "Other side",
    "button.nearest": "Nearest reports",
    "button.back": "Back",
    "button.timeline": "Timeline",
    "button.text": "In words",
    "button.copy": "Copy quote",
    "button.link": "Copy link",
    "button.up": "👍",
    "button.down": "👎",
    "view.nearest": "Nearest reports. None of them answers the question.",
    "view.more": "More from the reports",
    "view.context": "Around the quote",
    "view.outdated": "This button is from before an update. Please ask again.",
    "view.gone": "That answer is no longer kept. Please ask again.",
    "view.unchanged": "Nothing has changed since.",
    "view.quotes_gone": "These quotes are no longer in the index. Please ask again.",
    "vote.up": "Noted: a good answer. Thank you.",
    "vote.down": "Noted: not a good answer. Thank you.",
    "vote.taken_back": "Taken back.",
    # Asking
    "ask.lost": "The connection to Telegram broke while I was sending. If you see no answer, ask again.",
    "ask.too_many": "That is a lot of questions at once. Please wait a minute, then ask me again.",
    "ask.working": "Looking through the reports…",
    "ask.queued": "Many people are asking just now. You are number {n} in line; your answer comes here.",
    "ask.too_long": "That is {n} characters long; I can take {limit}. Could you ask it more shortly?",
    "ask.empty": "What would you like to know? Put the question behind the command: /ask Who denied it?",
    "ask.text_only": "I can only read text. Please write me your question.",
    "ask.building": "The index is being built just now ({progress}). Please ask again in a moment.",
    "ask.no_index": "There is no index yet, so I cannot answer anything. Whoever runs this bot can build it.",
    "ask.failed": "Sorry, something went wrong and I could not answer. The error has been logged.",
    # What somebody said
    "who.head": "What the reports quote from “{name}”, newest first",
    "who.disputed": "⚖ What is disputed stands with its other side.",
    "who.empty": "Whose words? Put the name behind the command: /who Ilse Brandt",
    "who.nobody": "The reports quote nobody called “{name}”.",
    "who.close": "They do quote {names}.",
    # Timelines
    "timeline.empty": "The timeline of what? Put the topic behind the command: /timeline the lock gate",
    "timeline.first-report": "First report",
    "timeline.claim": "Claim",
    "timeline.first-denial": "First denial",
    "timeline.denial": "Denial",
    "timeline.contrary": "Another version",
    "timeline.first-confirmation": "First confirmation",
    "timeline.correction": "Correction",
    "timeline.peak.one": "Day with most reports: {n}",
    "timeline.peak.other": "Day with most reports: {n}",
    "timeline.latest": "Latest report",
    "timeline.report": "report",
    "timeline.all": "All reports, in order of time",
    "timeline.again": "That timeline is here already, a little below.",
    "timeline.no_dates": "None of these reports has a date, so there is no chart.",
    "timeline.no_picture": "I may not send pictures here, so this is the timeline in words.",
    "chart.axis": "Published, UTC",
    "chart.numbered": "Published, UTC. The numbers are those of the text.",
    "chart.undated.one": "{n} report without a date is not shown",
    "chart.undated.other": "{n} reports without a date are not shown",
    "chart.others.one": "{n} other outlet",
    "chart.others.other": "{n} other outlets",
    # Explaining
    "why.head": "Why this answer",
    "why.cut": "(the rest does not fit)",
    "why.reply": "Send /why in reply to one of my answers.",
    "why.gone": "I no longer know what that answer was to. Please ask again, then send /why in reply.",
    # Inline mode
    "inline.empty": "Ask about reported events",
    "inline.too_long": "That question is too long",
    "inline.too_many": "Too many questions: please wait a minute",
    "inline.not_ready": "The index is not ready yet",
    "inline.failed": "Sorry, something went wrong",
    "inline.too_large": "These quotes are too long for a card",
    # Guest mode
    "guest.empty": "What would you like to know? Put the question behind my name: @{username} Who denied it?",
    "guest.too_large": "These quotes are too long for one message. Please ask me in private: @{username}",
    "guest.title": "Answer",
    # Links
    "link.gone": "That link leads to an answer that is no longer kept. Please ask me instead.",
    # Watching
    "watch.empty": "What shall I watch? Put the topic behind the command: /watch withdrawal from Brennica",
    "watch.too_long": "That is {n} characters long; a topic can have {limit}. A few words are enough.",
    "watch.added": "Watching “{topic}”",
    "watch.how": "When a new report or a new dispute on it comes in, I tell you here, with quotes. What is "
    "already there is not told. {when} /watches shows and stops what I watch, /settings changes the hours.",
    "watch.known": "I am watching “{topic}” here already. /watches shows and stops what I watch.",
    "watch.full": "I am watching {limit} topics here, which is as many as I can. /watches stops one.",
    "watch.stopped": "No longer watching “{topic}”.",
    "watch.stopped_here": "No longer watching “{topic}”. /watch with the topic begins again.",
    "watch.gone": "That is no longer watched here.",
    "watch.group_admins": "In this group only admins may start and stop watching.",
    "watches.head": "What I watch here",
    "watches.none": "I watch nothing here. /watch with a topic begins: /watch withdrawal from Brennica",
    "watches.elsewhere": "in another topic of this group",
    "watches.untold": "nothing told yet",
    "watches.told": "last told on {day}",
    "digest.head": "🔔 New on “{topic}”",
    "digest.reports.one": "{n} new report",
    "digest.reports.other": "{n} new reports",
    "digest.disputes.one": "⚖ {n} dispute",
    "digest.disputes.other": "⚖ {n} disputes",
    "alerts.often.0": "After each refresh of the index.",
    "alerts.often.1": "At most once an hour.",
    "alerts.often.6": "At most every six hours.",
    "alerts.often.24": "At most once a day.",
    "alerts.any_hour": "{often} At any hour.",
    "alerts.quiet": "{often} Not in the quiet hours, {hours} ({zone}); what comes in then waits for the "
    "end of them.",
    "button.stop_watch": "Stop watching",
    "button.stop_one": "Stop {n}: {topic}",
    "button.undo": "Undo",
    # Commands
    "start.greeting": "Ask me about reported events. I answer with verbatim quotes: who said it, who "
    "published it, and when. If the reports do not say, I tell you so.",
    "start.example": "Just write your question. In a group, use /ask, mention me, or reply to me.",
    "start.more": "/sources shows what I have read, /help what I can do, /privacy what I keep.",
    "start.no_admin": "Nobody is set up as an admin yet. If you run this bot, put your numeric id, {id}, "
    "into config.toml: [bot] admins = [{id}]",
    "help.head": "What I can do",
    "help.private": "Here: write any question about reported events.",
    "help.group": "In groups: /ask with a question, a mention of me, or a reply to one of my messages. "
    "I take no notice of anything else.",
    "help.group_unseen": "In groups: /ask with a question, or a reply to one of my messages. "
    "I take no notice of anything else.",
    "help.words": "Instead of pressing a button you can write its words: context, more, other side.",
    "help.answers": "Every quote is a word-for-word piece of a stored report. The numbers lead to the "
    "sources. Who said it stands above the quote; who published it stands at the foot.",
    "help.inline": "In any other chat: type @{username} and a question, and choose a quote to send.",
    "help.guest": "In a chat that I am not in: send a message that mentions @{username} with a question, "
    "and I answer it once, there.",
    "help.commands": "Commands",
    "help.admin": "For admins",
    "command.ask": "Ask about reported events",
    "command.who": "What somebody is reported to have said",
    "command.watch": "Be told what is new on a topic",
    "command.watches": "What is watched here, and stop it",
    "command.timeline": "A chart of the reports on a topic",
    "command.sources": "What is indexed, from when to when",
    "command.help": "What I can do",
    "command.privacy": "What I keep about you",
    "command.forgetme": "Delete what I keep about you",
    "command.why": "In reply to an answer: what led to it",
    "command.rebuild": "Read the sources again",
    "command.status": "State of the index and the bot",
    "describe.long": "I answer questions about reported events with word-for-word quotes from the reports: "
    "who said it, who published it, and when. Claims stand beside their denials. When the reports do not "
    "say, I tell you so.",
    "describe.short": "Answers about reported events, in verbatim quotes with their sources.",
    "sources.head.one": "{n} report",
    "sources.head.other": "{n} reports",
    "sources.line.one": "{outlet}: {n} report, {range}",
    "sources.line.other": "{outlet}: {n} reports, {range}",
    "sources.fresh": "Newest report: {newest}. Index built {built}, generation {generation}.",
    "sources.more.one": "and {n} more outlet",
    "sources.more.other": "and {n} more outlets",
    "privacy.head": "What I keep",
    "privacy.answers": "For each answer, so that its buttons work: the question, the quotes, and a keyed "
    "hash in place of your user id. Deleted after {days} days.",
    "privacy.votes": "👍 and 👎: the question, the quotes and the vote, with a keyed hash in place of "
    "your user id, so that a vote counts once.",
    "privacy.votes_kept": "Votes are deleted after {days} days.",
    "privacy.transit": "While I work on a message to me it is kept, so that it is answered even if I am "
    "interrupted.",
    "privacy.sealed": "What I keep of this is encrypted, and the key is kept apart from it.",
    "privacy.settings": "What you choose in /settings, with a keyed hash in place of the chat. Deleted when "
    "the choices are those you found, or when I am removed from the chat.",
    "privacy.watches": "What you have me watch: the topic, the number of the chat, the language, and when I "
    "last told you. Nobody’s name. Deleted when it is stopped, or when I am removed from the chat.",
    "privacy.conversation": "Your last questions in a chat, with the names and headlines of their answers, "
    "so that you can ask “and who denied it?”: for {minutes} minutes.",
    "privacy.guest": "Of what you ask in chats that I am not in, or in search of a quote to send there, "
    "nothing is kept.",
    "privacy.nothing_else": "Your name, your messages and your other chats are not kept. Messages in groups "
    "that are not addressed to me are ignored.",
    "privacy.forget": "/forgetme deletes all of it.",
    "forget.done": "Deleted: {what}. I keep nothing else about you.",
    "forget.settings": "your settings",
    "forget.answers.one": "{n} answer",
    "forget.answers.other": "{n} answers",
    "forget.votes.one": "{n} vote",
    "forget.votes.other": "{n} votes",
    "forget.turns.one": "{n} question of our conversation",
    "forget.turns.other": "{n} questions of our conversation",
    "forget.watches.one": "{n} watched topic",
    "forget.watches.other": "{n} watched topics",
    "forget.nothing": "There was nothing to delete: I keep nothing about you.",
    # Choices and membership
    "command.settings": "Settings of this chat",
    "join.hello": "Hello. I answer questions about reported events with word-for-word quotes "
    "and their sources. "
    "Ask with /ask, by mentioning @{username}, or in reply to me; I take no notice of anything else. "
    "Admins of this group find /settings.",
    "join.hello_unseen": "Hello. I answer questions about reported events with word-for-word quotes "
    "and their sources. Ask with /ask or in reply to me; I take no notice of anything else. "
    "Admins of this group find /settings.",
    "settings.head": "Settings",
    "settings.private": "For this chat. Press a line to change it.",
    "settings.group": "For this group, by its admins. Press a line to change it.",
    "settings.group_admins": "Only an admin of this group can change its settings.",
    "settings.automatic": "automatic",
    "settings.quotes": "Quotes in an answer",
    "settings.language": "Language",
    "settings.open_questions": "Answer what ends in “?”",
    "settings.open_questions.unseen": "Telegram does not show me such messages yet: make me an admin "
    "of this group, or switch privacy mode off in BotFather and add me anew.",
    "settings.open_questions.on": "yes",
    "settings.open_questions.off": "no",
    "settings.admins_only": "Who may ask",
    "settings.admins_only.on": "admins",
    "settings.admins_only.off": "everyone",
    "settings.alert_hours": "Alerts of /watch",
    "settings.alert_hours.0": "after each refresh",
    "settings.alert_hours.1": "at most hourly",
    "settings.alert_hours.6": "every 6 hours",
    "settings.alert_hours.24": "once a day",
    "settings.quiet_hours": "Quiet hours",
    "settings.quiet_hours.none": "none",
    "settings.utc_offset": "The clock here",
    "ask.admins_only": "In this group only admins may ask me.",
    # Administration
    "admin.only": "Only an admin of this bot can do that.",
    "rebuild.started": "Rebuilding the index. Questions are answered from the present one meanwhile.",
    "rebuild.running": "A rebuild is already running ({progress}).",
    "rebuild.progress": "{stage}: {done} of {total}",
    "rebuild.progress_open": "{stage}: {done}",
    "rebuild.starting": "starting",
    "stage.reading": "Reading the sources",
    "stage.attributing": "Finding who said what",
    "stage.embedding": "Embedding passages",
    "stage.grouping": "Finding copies and disputes",
    "rebuild.done": "The index is rebuilt: generation {generation}.",
    "rebuild.unchanged": "Nothing has changed; generation {generation} stays.",
    "rebuild.counts": "added {added} · changed {changed} · removed {removed} · unchanged {unchanged} · "
    "failed {failed}",
    "rebuild.work": "{passages} passages, {embedded} of them embedded anew, in {seconds} s",
    "rebuild.failures": "Could not be read",
    "rebuild.more_failures.one": "and {n} more",
    "rebuild.more_failures.other": "and {n} more",
    "rebuild.failed": "The rebuild failed and has changed nothing: {reason}",
    "rebuild.cancelled": "The rebuild was stopped and has changed nothing.",
    "status.head": "State",
    "status.index": "Index: generation {generation}, built {built}",
    "status.size": "{articles} articles, {passages} passages, {statements} statements",
    "status.range": "Published {range}",
    "status.model": "Model: {model}",
    "status.building": "A rebuild is running: {progress}",
    "status.answers": "Answers kept for their buttons: {n}",
    "status.votes": "Votes: 👍 {up} · 👎 {down}",
    # Dates
    "date.instant": "{day}, {time} UTC",
    "date.range": "{first} – {last}",
    "date.range_month": "{day}–{last}",
    "date.unknown": "date unknown",
    "list.and": "{first} and {last}",
}


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
