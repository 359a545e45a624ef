"""Serving: how updates come, by long polling or by webhook, from the start to the last answer.

run_bot.py enters it with a built application; within it, the application handles updates.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

from telegram import Update
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import Updater

from bot.application import ALLOWED_UPDATES, AnyApplication, Collaborators
from bot.handlers.alerting import CHECK_SECONDS
from bot.handlers.menus import set_menus
from bot.health import Health, health_endpoint
from bot.memory.state import State
from bot.scheduling.rebuilding import build_quietly
from bot.settings import BotSettings
from index.errors import ConfigError

_LOG = logging.getLogger(__name__)

POLL_SECONDS = 30
"""How long one getUpdates waits."""

_PURGE_SECONDS = 3600.0
_FORGET_SECONDS = 60.0
_LONGEST_PAUSE = 60.0  # seconds between two tries to connect at the start
_SECRET = "webhook"  # noqa: S105 - the name under which the state keeps it


@asynccontextmanager
async def serving(application: AnyApplication, collaborators: Collaborators) -> AsyncIterator[None]:
    """Take updates and answer them while the block runs; then finish what is under way and close.

    Without a connection, the start is tried again for ever; a refused token raises InvalidToken at once.
    Updates that waited meanwhile are answered, never dropped.

    Raises:
        ConfigError: where an address to listen on cannot be had, or Telegram refuses the webhook's.
        VaultError: where what is stored cannot be decrypted.
    """
    settings = collaborators.settings
    health = Health(collaborators.service, "webhook" if settings.webhook.url else "polling")
    async with AsyncExitStack() as closing:
        try:
            await closing.enter_async_context(health_endpoint(health, settings.health))
        except OSError as error:
            raise _name_address(settings.health.listen, settings.health.port, error) from error
        closing.push_async_callback(collaborators.state.close)
        await collaborators.state.open()
        closing.callback(collaborators.service.close)
        if collaborators.arrivals is not None:
            await closing.enter_async_context(
                collaborators.arrivals.at_work(lambda content: _take_over(application, content))
            )
        await _until_connected(application.initialize)
        closing.push_async_callback(application.shutdown)
        await set_menus(application.bot, settings.admins)
        if application.job_queue is not None:
            application.job_queue.run_repeating(lambda _: collaborators.state.purge(), _PURGE_SECONDS)
            application.job_queue.run_repeating(
                lambda _: collaborators.conversations.purge(), _FORGET_SECONDS
            )
            schedule_alerts(application, collaborators)
        await _take_updates(application, settings, collaborators.state)
        await application.start()
        health.serving = True
        try:
            yield
        finally:
            health.serving = False
            assert application.updater is not None
            await application.updater.stop()
            await application.stop()


async def _take_over(application: AnyApplication, content: str) -> None:
    """Handle an update that another process has left, or this one before a restart."""
    update = Update.de_json(json.loads(content), application.bot)
    _LOG.info("taking over update %d", update.update_id)
    await application.update_queue.put(update)


async def _take_updates(application: AnyApplication, settings: BotSettings, state: State) -> None:
    updater = application.updater
    assert updater is not None
    if settings.webhook.url:
        await _start_webhook(updater, settings, state)
        return
    # Telegram refuses to be polled while it has a webhook; the library deletes that first.
    await updater.start_polling(
        timeout=POLL_SECONDS,
        bootstrap_retries=-1,
        allowed_updates=ALLOWED_UPDATES,
        error_callback=lambda error: _schedule_error(application, error),
    )


async def _start_webhook(updater: Updater, settings: BotSettings, state: State) -> None:
    """Listen, and have Telegram send its updates; they are left with it while nobody listens."""
    webhook = settings.webhook
    if settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
    else:  # the same for every process, so that each takes what Telegram sends to any of them
        secret = await state.keep_secret(_SECRET, secrets.token_urlsafe(32))
    try:
        await _until_connected(
            lambda: updater.start_webhook(
                listen=webhook.listen,
                port=webhook.port,
                url_path=webhook.path,
                webhook_url=webhook.url + webhook.path,
                secret_token=secret,
                max_connections=webhook.max_connections,
                allowed_updates=ALLOWED_UPDATES,
            )
        )
    except OSError as error:
        raise _name_address(webhook.listen, webhook.port, error) from error
    except BadRequest as error:
        raise ConfigError(f"Telegram refuses the webhook {webhook.url}: {error.message}") from error
    _LOG.info("listening on %s:%d for %s%s", webhook.listen, webhook.port, webhook.url, webhook.path)


def _name_address(listen: str, port: int, error: OSError) -> ConfigError:
    return ConfigError(f"cannot listen on {listen}:{port}: {error.strerror or error}")


def schedule_alerts(application: AnyApplication, collaborators: Collaborators) -> None:
    """Have the index refreshed as often as the settings say, and alerts sent after each refresh."""
    jobs, minutes = application.job_queue, collaborators.settings.refresh_minutes
    assert jobs is not None
    # A look that finds another one at work leaves at once; only the scheduler would complain.
    jobs.run_repeating(
        lambda _: collaborators.alerting.check(application.bot),
        CHECK_SECONDS,
        job_kwargs={"max_instances": 2},
    )
    if minutes:
        jobs.run_repeating(
            lambda _: build_quietly(collaborators.build), 60 * minutes, job_kwargs={"max_instances": 2}
        )


async def _until_connected(call: Callable[[], Awaitable[object]]) -> None:
    """Call again for ever while there is no connection; what Telegram refuses is raised."""
    for attempt in count():
        try:
            await call()
        except BadRequest:  # which the library counts among the network's errors
            raise
        except NetworkError as error:
            pause = min(2.0**attempt, _LONGEST_PAUSE)
            _LOG.warning(
                "no connection to Telegram (%s), trying again in %.0f s", type(error).__name__, pause
            )
            await asyncio.sleep(pause)
        else:
            return


def _schedule_error(application: AnyApplication, error: TelegramError) -> None:
    application.create_task(application.process_error(None, error))
