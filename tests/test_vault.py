"""Encryption of what is kept, and its keys: made once, missing, wrong, replaced; and what was plain."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.memory.arrivals import Arrivals
from bot.memory.conversations import Conversations, Conversing
from bot.memory.schema import SEALED, migrations
from bot.memory.state import State
from bot.memory.vault import KEY_VARIABLE, KeyRing, Vault, VaultError, is_sealed, make_key
from bot.memory.watches import Watches
from bot.messages.presses import Vote
from index.questions.turns import make_turn
from tests.fakes import DISPUTED
from tests.telegram_checks import ANN, BEN, GROUP

QUESTION = DISPUTED.question.text


async def open_state(folder, ring=None):
    """Return an open state."""
    state = State(folder, 30, keys=ring or KeyRing(folder.parent / "apart.key"))
    await state.open()
    return state


async def keep_one_of_each(folder, ring=None):
    """Keep an answer, a vote and a chat's choices; return the answer's token."""
    state = await open_state(folder, ring)
    kept = await state.keep_answer(ANN, DISPUTED, 3)
    await state.cast_vote(kept, BEN, Vote.UP)
    await state.keep_chat(GROUP, {"quotes": 2})
    await state.close()
    return kept.token


async def read_one_of_each(folder, token, ring=None):
    """Return what `keep_one_of_each` kept."""
    state = await open_state(folder, ring)
    try:
        kept = await state.find_answer(token)
        (vote,) = await state.list_votes()
        return kept.result, vote["question"], (await state.find_choices(GROUP))[GROUP]
    finally:
        await state.close()


def read_files(folder):
    """Return every byte of the data folder."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


@given(st.text())
def test_every_text_comes_back(text):
    """What is sealed shows nothing of the text and comes back as it was, under the newest key or an older."""
    old, new = make_key(), make_key()
    sealed = Vault([old]).seal(text)
    assert is_sealed(sealed)
    assert Vault([old]).unseal(sealed) == Vault([new, old]).unseal(sealed) == text
    assert not Vault([new, old]).is_newest(sealed)
    assert Vault([new, old]).is_newest(Vault([new, old]).renew(sealed))


def test_a_changed_text_is_not_opened():
    """One changed character, or another key, is an error and never a wrong text."""
    vault = Vault([make_key()])
    sealed = vault.seal("Is the bridge lost?")
    with pytest.raises(VaultError):
        vault.unseal(sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:])
    with pytest.raises(VaultError):
        Vault([make_key()]).unseal(sealed)


async def test_no_word_and_no_number_is_stored_in_plain(tmp_path):
    """The files hold neither the question, nor a quote, nor a choice, nor a person's or a chat's number."""
    folder = tmp_path / "data"
    token = await keep_one_of_each(folder)
    stored = read_files(folder)
    for text in (QUESTION, DISPUTED.quotes[0].text, '"quotes":', str(GROUP)):
        assert text.encode() not in stored
    assert token.encode() in stored
    assert await read_one_of_each(folder, token) == (DISPUTED, QUESTION, {"quotes": 2})


async def test_every_column_named_in_the_table_is_sealed(tmp_path):
    """Whatever column is said to be sealed holds sealed texts, and no other column a word of them."""
    folder = tmp_path / "data"
    await keep_one_of_each(folder)
    state = await open_state(folder)
    await Conversations(state).remember(Conversing(GROUP, None, ANN), make_turn(DISPUTED), 7)
    await Arrivals(state).claim(5, ANN, QUESTION)
    await Watches(state).add(GROUP, None, QUESTION, language="en", seen=0, limit=1)
    for table, columns in SEALED.items():
        for column in columns:
            query = f"select {column} from {table} where {column} is not null"
            rows = await state.read(lambda database, query=query: database.execute(query).fetchall())
            assert rows, f"nothing in {table}.{column}"
            assert all(is_sealed(text) for (text,) in rows)
    await state.close()
    assert QUESTION.encode() not in read_files(folder)


async def test_the_key_is_made_once_and_for_its_owner_only(tmp_path, caplog):
    """The first start makes a key outside the data folder and says so; the second uses it."""
    folder, file = tmp_path / "data", tmp_path / "apart.key"
    caplog.set_level("INFO")
    token = await keep_one_of_each(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "keep a copy" in caplog.text
    key = file.read_text()
    await read_one_of_each(folder, token)
    assert file.read_text() == key
    assert key.strip() not in read_files(folder).decode("latin-1")


async def test_what_is_deleted_is_overwritten(tmp_path):
    """After /forgetme not even the encrypted answer is left in the file."""
    folder = tmp_path / "data"
    await keep_one_of_each(folder)
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        sealed = connection.execute("select content from answers").fetchone()[0]
    part = sealed[len(sealed) // 2 :][:64].encode()
    assert part in read_files(folder)
    state = await open_state(folder)
    kept = await state.keep_answer(ANN, DISPUTED, 3)
    query = "select content from answers where token = ?"
    rows = await state.read(lambda database: database.execute(query, [kept.token]).fetchall())
    late = rows[0][0][-64:].encode()
    assert late in read_files(folder)
    assert (await state.forget_person(ANN)).answers == 2
    await state.purge()  # as it is done every hour
    stored = read_files(folder)
    await state.close()
    assert part not in stored
    assert late not in stored


async def test_a_missing_key_stops_the_start_and_loses_nothing(tmp_path):
    """Without its key nothing is opened, nothing is made anew, and with the key all is there again."""
    folder, file = tmp_path / "data", tmp_path / "apart.key"
    token = await keep_one_of_each(folder)
    key = file.read_text()
    file.unlink()
    with pytest.raises(VaultError, match=r"apart.key is missing. Put the right key back"):
        await open_state(folder)
    assert not file.exists()
    file.write_text(make_key())
    with pytest.raises(VaultError, match=r"apart.key does not open it. Put the right key back"):
        await open_state(folder)
    with pytest.raises(VaultError, match=f"the key in the variable {KEY_VARIABLE} does not open it"):
        await open_state(folder, KeyRing.of(file, {KEY_VARIABLE: make_key()}))
    ring = KeyRing.of(file, {KEY_VARIABLE: key})
    assert (await read_one_of_each(folder, token, ring))[0] == DISPUTED


async def test_a_key_that_cannot_be_written_is_named(tmp_path):
    """Where the key file cannot be made, the start ends with what to do, and stores nothing."""
    (tmp_path / "taken").write_text("a file, not a folder")
    ring = KeyRing(tmp_path / "taken" / "onrecord.key")
    with pytest.raises(VaultError, match=r"onrecord.key: the key cannot be .*"):
        await open_state(tmp_path / "data", ring)
    folder = tmp_path / "unwritable.key"
    folder.with_name("unwritable.key.new").mkdir()
    with pytest.raises(VaultError, match="Name another file"):
        await open_state(tmp_path / "data", KeyRing(folder))
    token = await keep_one_of_each(tmp_path / "data")
    assert await read_one_of_each(tmp_path / "data", token) == (DISPUTED, QUESTION, {"quotes": 2})


@pytest.mark.parametrize("value", ["short", "x" * 44, ",", "ключ"])
async def test_a_malformed_key_is_named(tmp_path, value):
    """A value that is no key is refused with what a key is and how to make one."""
    with pytest.raises(VaultError, match="--new-key"):
        await open_state(tmp_path / "data", KeyRing(tmp_path / "k", value))


async def test_a_new_key_takes_the_old_ones_place(tmp_path):
    """With a newer key before the old one all is sealed anew at the start, and then the old one may go."""
    folder = tmp_path / "data"
    old, new = make_key(), make_key()
    token = await keep_one_of_each(folder, KeyRing(tmp_path / "none", old))
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        sealed = connection.execute("select content from answers").fetchone()[0]
    both = KeyRing(tmp_path / "none", f"{new}, {old}")
    assert (await read_one_of_each(folder, token, both))[0] == DISPUTED
    assert sealed.encode() not in read_files(folder)
    assert await read_one_of_each(folder, token, KeyRing(tmp_path / "none", new)) == (
        DISPUTED,
        QUESTION,
        {"quotes": 2},
    )
    with pytest.raises(VaultError):
        await open_state(folder, KeyRing(tmp_path / "none", old))


async def test_what_an_earlier_release_kept_in_plain_is_sealed(tmp_path):
    """Answers, votes and choices of a release without encryption stay usable; no plain word is left."""
    folder = tmp_path / "data"
    token = await keep_one_of_each(folder)
    state = await open_state(folder)
    rows = await state.read(lambda database: database.execute("select * from answers").fetchall())
    plain = state.unseal(rows[0][5])
    asker, people = state.hash_number(ANN), state._unlocked.people
    await state.close()
    for path in folder.iterdir():
        path.unlink()

    old = Database(folder / "bot.db")
    old.enable_wal()
    migrations.apply(old, stop_before="m005_facts")
    with old.atomic():
        row = {"token": token, "created": 2e9, "asker": asker, "answered": 1, "shown": 3, "content": plain}
        old.table("answers").insert(row)
        vote = {"token": token, "voter": "v", "vote": "u", "created": 2e9}
        old.table("votes").insert({**vote, "question": QUESTION, "quotes": "[]"})
        old.table("chats").insert({"chat": GROUP, "choices": json.dumps({"quotes": 2})})
    old.close()
    (folder / "bot.key").write_bytes(people)

    assert await read_one_of_each(folder, token) == (DISPUTED, QUESTION, {"quotes": 2})
    stored = read_files(folder)
    assert QUESTION.encode() not in stored
    assert people not in stored
    assert not (folder / "bot.key").exists()
    state = await open_state(folder)
    assert (await state.forget_person(ANN)).answers == 1
    await state.close()
