"""One long conversation, step by step: over the recording request, and again through the terminal.

The terminal cannot show changes of membership and migration, which test_choosing covers, nor inline mode,
which test_inline covers; guest mode, watching and pictures are not there yet. The emulator, which keeps no
messages and knows no topics, gets its own shorter suite.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, BOT, GROUP, OWNER
from tests.test_terminal import at_terminal

PEOPLE = {"operator": OWNER, "Ann": ANN, "Ben": BEN}
TOPICS = {"Bridges": 71, "Ferries": 72}


# person | place | what is typed | what the reply holds
SCRIPT = """
Ann      | private        | /start                                | Ask me about reported events
Ann      | private        | /help                                 | In groups: /ask
Ann      | private        | /sources                              | The Courier: 1 report
Ann      | private        | /privacy                              | /forgetme deletes
Ann      | private        | Is the bridge lost?                   | ⚖ Disputed
Ann      | private        | #Context                              | Around the quote
Ann      | private        | #›                                    | Around the quote
Ann      | private        | #›                                    | Around the quote
Ann      | private        | #‹                                    | Around the quote
Ann      | private        | #Back                                 | ⚖ Disputed
Ann      | private        | #More                                 | Nobody was hurt.
Ann      | private        | #Back                                 | ⚖ Disputed
Ann      | private        | #Other side                           | denied that the bridge
Ann      | private        | #Back                                 | ⚖ Disputed
Ann      | private        | #👍                                   | a good answer
Ann      | private        | #👎                                   | not a good answer
Ann      | private        | #👎                                   | Taken back
Ann      | private        | How long will repairs take?           | three months
Ann      | private        | Who paid for the repairs at Varn?     | none of them states this
Ann      | private        | #Nearest reports                      | Nobody was hurt.
Ann      | private        | #Back                                 | none of them states this
Ann      | private        | Who won the regatta?                  | Nothing in the reports answers this
Ann      | private        | /who Ilse Brandt                      | denied that the bridge
Ann      | private        | /who Ilsa Brand                       | They do quote Ilse Brandt
Ann      | private        | /who                                  | Whose words?
Ann      | private        | /why                                  | Only an admin
operator | private        | /why                                  | in reply to one of my answers
Ann      | private        | /nonsense                             | What I can do
Ann      | private        | /rebuild                              | Only an admin
Ann      | private        | /status                               | Only an admin
Ann      | private        | /settings                             | For this chat
Ann      | private        | #Quotes in an answer: 3               | For this chat
Ann      | private        | #Quotes in an answer: 1               | For this chat
operator | private        | /status                               | generation 1
operator | private        | /help                                 | /rebuild
Ann      | group          | good morning                          |
Ben      | group          | Is the bridge lost?                   |
Ben      | group          | /ask Is the bridge lost?              | ⚖ Disputed
Ann      | group          | @onrecord_bot Who paid for the repairs at Varn? | none of them states this
Ann      | group          | > How long will repairs take?         | three months
Ben      | group          | /ask@onrecord_bot Is the bridge lost? | ⚖ Disputed
Ben      | group          | /ask@another_bot Is the bridge lost?  |
Ben      | group          | /ask                                  | What would you like to know?
Ben      | group          | #Context                              | Around the quote
Ann      | group          | #Back                                 | ⚖ Disputed
Ann      | group          | #👍                                   | a good answer
Ben      | group          | #👍                                   | a good answer
Ben      | group          | /settings                             | Only an admin of this group
operator | group          | /settings                             | For this group
Ben      | group          | #Answer what ends in “?”: no          | Only an admin of this group
operator | group          | #Answer what ends in “?”: no          | For this group
Ben      | group          | Is the bridge lost?                   | ⚖ Disputed
Ben      | group          | The bridge is lost.                   |
operator | group          | /settings                             | For this group
operator | group          | #Who may ask: everyone                | For this group
Ben      | group          | /ask Is the bridge lost?              | only admins may ask
operator | group          | /ask Is the bridge lost?              | ⚖ Disputed
operator | group          | /settings                             | For this group
operator | group          | #Who may ask: admins                  | For this group
Ann      | topic Bridges  | /ask Is the bridge lost?              | ⚖ Disputed
Ben      | topic Ferries  | /ask Who won the regatta?             | Nothing in the reports answers this
Ann      | topic Bridges  | @onrecord_bot Who paid for the repairs at Varn? | none of them states this
Ben      | topic Ferries  | /sources                              | The Courier: 1 report
Ben      | topic Bridges  | /who Brandt                           | denied that the bridge
Ann      | topic Bridges  | thank you                             |
operator | private        | /status                               | 👍 2
Ann      | private        | /forgetme                             | Deleted:
Ann      | private        | Is the bridge lost?                   | ⚖ Disputed
"""


@dataclass(frozen=True)
class Step:
    """A line of the script; `wanted` is empty where the bot is to keep silent."""

    person: str
    place: str
    line: str
    wanted: str


STEPS = [Step(*(part.strip() for part in line.split("|"))) for line in SCRIPT.strip().splitlines()]


def test_script_is_long_enough():
    """The conversation has at least sixty steps, in private, in a group and in topics."""
    assert len(STEPS) >= 60
    assert {step.place.split()[0] for step in STEPS} == {"private", "group", "topic"}


async def test_script_over_the_recording_request(tmp_path):
    """Every step gets the reply that it wants, in the chat and topic where it was typed, or silence."""
    shown = {}  # chat -> the call that shows the buttons there
    last = {}  # chat -> the bot's last message there
    async with on_stage(tmp_path, admins=(OWNER,)) as stage:
        for step in STEPS:
            person = PEOPLE[step.person]
            chat = person if step.place == "private" else GROUP
            kind, _, topic = step.place.partition(" ")
            place = {"message_thread_id": TOPICS[topic], "is_topic_message": True} if kind == "topic" else {}
            if step.line.startswith("#"):
                calls = await stage.press(shown[chat], step.line[1:], person=person)
            elif step.line.startswith("> "):
                replied = stage.compose("", chat=chat) | {"from": BOT, "text": last[chat].text}
                calls = await stage.write(
                    step.line[2:], chat=chat, person=person, reply_to_message=replied, **place
                )
            else:
                calls = await stage.write(step.line, chat=chat, person=person, **place)
            calls = [call for call in calls if call.method != "getChatMember"]
            said = "\n".join(str(call.values.get("text") or "") for call in calls)
            assert bool(calls) == bool(step.wanted), step
            assert step.wanted in said, step
            for call in calls:
                if call.method == "answerCallbackQuery":
                    continue
                assert call.values["chat_id"] == chat
                assert call.values.get("message_thread_id") == place.get("message_thread_id"), step
                last[chat] = call
                if call.buttons:
                    number = call.values.get("message_id", stage.request.next_message)
                    shown[chat] = type(call)(call.method, {**call.values, "message_id": number})


async def test_script_through_the_terminal(tmp_path):
    """The same steps, typed at the terminal, print the same replies."""
    labels = {}  # chat -> the buttons that were printed there last
    async with at_terminal(tmp_path) as session:
        place = person = None
        for step in STEPS:
            if step.person != person:
                person = step.person
                await session.enter(f"/as {person}")
            if step.place != place:
                place = step.place
                await session.enter(f"/as {place}")
            chat = person if place == "private" else "group"
            line = step.line
            if line.startswith("#"):
                line = str(labels[chat].index(line[1:]) + 1)
            said = await session.enter(line)
            assert bool(said) == bool(step.wanted), (step, said)
            assert step.wanted in said, (step, said)
            for printed in said.splitlines():
                if printed.startswith("(1) "):
                    labels[chat] = [part.partition(") ")[2] for part in printed.split("  ")]
