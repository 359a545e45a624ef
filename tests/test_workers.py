"""Two real processes behind one address: one folder, one bot, every question answered once and in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from bot.settings import TOKEN_VARIABLE
from tests.api_server import ApiServer, api_server, find_port
from tests.telegram_checks import ANN, BEN, GROUP, OWNER, TOKEN, make_message

ROOT = Path(__file__).parent.parent


@dataclass
class Worker:
    """One process."""

    process: asyncio.subprocess.Process
    address: str
    health: str
    lines: list[str] = field(default_factory=list)

    async def stop(self):
        """End it as a supervisor does, and return its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)


@dataclass
class Balancer:
    """Stands for Telegram and the load balancer: hands each update to the worker that is named."""

    server: ApiServer
    workers: list[Worker]
    client: httpx.AsyncClient
    numbers: count = field(default_factory=lambda: count(1))

    async def deliver(self, update, *which, number=None):
        """Post an update to workers, as Telegram does; return its number."""
        number = next(self.numbers) if number is None else number
        secret = self.server.webhook["secret_token"]
        for worker in which:
            answer = await self.client.post(
                self.workers[worker].address,
                json={"update_id": number, **update},
                headers={"X-Telegram-Bot-Api-Secret-Token": secret},
            )
            assert answer.status_code == 200
        return number

    async def ask(self, text, *which, chat=ANN, person=ANN, **fields):
        """Write a message."""
        number = next(self.numbers)
        message = make_message(chat, person, text, 10_000 + number, **fields)
        return await self.deliver({"message": message}, *which, number=number)

    async def press(self, call, label, which, person=ANN):
        """Press a button under a message that the bot sent."""
        data = next(b["callback_data"] for b in call.buttons if b["text"].startswith(label))
        message = self.server.recorder.describe(call, 1001)
        sender = {"id": person, "is_bot": False, "first_name": "Somebody"}
        query = {"id": "press", "from": sender, "message": message, "chat_instance": "1", "data": data}
        await self.deliver({"callback_query": query}, which)


async def start_worker(folder, server, number):
    """Start a process and wait until it says that it is healthy."""
    port, health = find_port(), find_port()
    config = folder / f"worker{number}.toml"
    config.write_text(
        f'[index]\n[bot]\napi_url = "{server.url}"\nadmins = [{OWNER}]\n'
        f'[bot.webhook]\nurl = "http://bot.example"\nport = {port}\n[bot.health]\nport = {health}\n',
        encoding="utf-8",
    )
    environment = {**os.environ, TOKEN_VARIABLE: TOKEN, "PYTHONPATH": str(ROOT), "PTB_TIMEDELTA": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.worker",
        str(config),
        cwd=ROOT,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    worker = Worker(process, f"http://127.0.0.1:{port}/telegram", f"http://127.0.0.1:{health}/health")
    worker.reading = asyncio.create_task(read_lines(worker))
    return worker


async def read_lines(worker):
    """Keep what a process logs."""
    async for line in worker.process.stderr:
        worker.lines.append(line.decode())


async def wait_until_healthy(client, worker):
    """Return what the health endpoint says once it is well."""
    for _ in range(600):
        try:
            answer = await client.get(worker.health)
            if answer.status_code == 200:
                return answer.json()
        except httpx.TransportError:
            pass
        assert worker.process.returncode is None, "".join(worker.lines)
        await asyncio.sleep(0.05)
    raise AssertionError("".join(worker.lines))


@asynccontextmanager
async def two_workers(folder):
    """Run two processes over one folder behind one webhook."""
    async with api_server() as server, httpx.AsyncClient() as client:
        workers = [await start_worker(folder, server, number) for number in (1, 2)]
        try:
            for worker in workers:
                await wait_until_healthy(client, worker)
            yield Balancer(server, workers, client)
        finally:
            for worker in workers:
                await worker.stop()
                await worker.reading


def texts_by_chat(server):
    """Return what was sent to each chat, in order."""
    sent = defaultdict(list)
    for call in server.list_calls("sendMessage"):
        sent[call.values["chat_id"]].append(call.text)
    return sent


async def test_two_processes_are_one_bot(tmp_path):
    """Questions, repeated deliveries, follow-ups, buttons, settings, votes: all work at whichever process."""
    async with two_workers(tmp_path) as balancer:
        server = balancer.server

        # Both made the webhook with one secret, which is not stored in plain; nothing comes in without it.
        made = {call.values["secret_token"] for call in server.list_calls("setWebhook")}
        assert len(made) == 1
        for headers in ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {}):
            address = balancer.workers[0].address
            refused = await balancer.client.post(address, json={"update_id": 1}, headers=headers)
            assert refused.status_code == 403
        stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
        assert made.pop().encode() not in stored

        # Each question once, though half of them are delivered to both; in order within each chat.
        for number in range(8):
            which = (0, 1) if number % 2 else (number // 2 % 2,)
            for chat in (ANN, BEN):
                await balancer.ask(f"/ask question {number}", *which, chat=chat, person=chat)
        await server.wait_for("sendMessage", 16)
        await asyncio.sleep(0.5)
        assert {chat: len(texts) for chat, texts in texts_by_chat(server).items()} == {ANN: 8, BEN: 8}

        # A follow-up is understood by the process that did not answer the first question.
        await balancer.ask("Is the bridge lost?", 0)
        answer = (await server.wait_for("sendMessage", 17))[-1]
        await balancer.ask("And who denied it?", 1)
        follow_up = (await server.wait_for("sendMessage", 18))[-1]
        assert answer.text.startswith("⚖ Disputed")
        assert follow_up.text.startswith("Taken to mean: Who denied it? (is the bridge lost)")

        # Buttons under an answer of the one work at the other, and so does a vote and taking it back.
        await balancer.press(answer, "Context", 1)
        (edit,) = await server.wait_for("editMessageText", 1)
        assert "Around the quote" in edit.text
        await balancer.press(answer, "👍", 1)
        await server.wait_for("answerCallbackQuery", 2)
        await balancer.press(answer, "👍", 0)
        replies = [call.values.get("text") for call in await server.wait_for("answerCallbackQuery", 3)]
        assert replies == [None, "Noted: a good answer. Thank you.", "Taken back."]

        # What a group's admin chooses at the one holds at the other with the next message.
        await balancer.ask("/settings", 0, chat=GROUP, person=OWNER)
        menu = (await server.wait_for("sendMessage", 19))[-1]
        await balancer.press(menu, "Answer what ends", 0, person=OWNER)
        await server.wait_for("answerCallbackQuery", 4)
        await balancer.ask("Is the bridge lost?", 1, chat=GROUP, person=BEN)
        assert (await server.wait_for("sendMessage", 20))[-1].text.startswith("⚖ Disputed")

        # Forgotten at the one, gone at the other.
        await balancer.ask("/forgetme", 1)
        asked = (await server.wait_for("sendMessage", 21))[-1]
        await balancer.press(asked, "Delete it", 0)
        await server.wait_for("answerCallbackQuery", 5)
        assert server.list_calls("editMessageText")[-1].text.startswith("Deleted:")
        await balancer.press(answer, "Context", 1)
        gone = (await server.wait_for("answerCallbackQuery", 6))[-1]
        assert gone.values["text"].startswith("That answer is no longer kept")

        # Ended one after the other, each finishes what it has taken and leaves the webhook standing.
        await balancer.ask("Is the bridge lost?", 1, chat=BEN, person=BEN)
        assert await balancer.workers[1].stop() == 0
        assert len(server.list_calls("sendMessage")) == 22
        assert server.webhook["url"] == "http://bot.example/telegram"
        assert len(server.list_calls("deleteWebhook")) == 0
    errors = [line for worker in balancer.workers for line in worker.lines if " ERROR " in line]
    assert errors == []


async def test_what_a_killed_process_left_is_answered_by_the_other(tmp_path):
    """When a process dies with a question, the other one answers it, and the chat's next, each once."""
    async with two_workers(tmp_path) as balancer:
        await balancer.ask("take long", 0)
        assert await balancer.server.wait_for("sendChatAction", 1)
        await balancer.ask("How long will repairs take?", 1)
        await asyncio.sleep(1.0)
        assert balancer.server.list_calls("sendMessage") == []  # it waits for its turn
        balancer.workers[0].process.kill()
        await balancer.workers[0].process.wait()
        calls = await balancer.server.wait_for("sendMessage", 2)
        await asyncio.sleep(1.0)
        assert len(balancer.server.list_calls("sendMessage")) == 2
        assert any("Repairs will take three months" in call.text for call in calls)
        assert any(call.text.startswith("Nothing in the reports") for call in calls)


async def test_polling_takes_over_from_a_webhook(tmp_path):
    """A bot that goes back to long polling deletes the webhook first, and drops none of its updates."""
    async with api_server() as server:
        server.webhook = {"url": "http://bot.example/telegram"}
        update = {"update_id": 7, "message": make_message(ANN, ANN, "Is the bridge lost?", 5)}
        server.updates.append(update)
        config = tmp_path / "config.toml"
        config.write_text(f'[index]\n[bot]\napi_url = "{server.url}"\n', encoding="utf-8")
        environment = {**os.environ, TOKEN_VARIABLE: TOKEN, "PYTHONPATH": str(ROOT), "PTB_TIMEDELTA": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.worker", str(config), cwd=ROOT, env=environment
        )
        (answer,) = await server.wait_for("sendMessage", 1, seconds=40)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    assert answer.text.startswith("⚖ Disputed")
    assert not server.list_calls("deleteWebhook")[0].values.get("drop_pending_updates")
    assert server.confirmed == 8
