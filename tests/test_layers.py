"""The direction of imports: run_bot, then bot, then index; and one module for each heavy library."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("index/**/*.py"), ROOT / "run_bot.py"])

ONLY_IN = {
    "faiss": {"index/store/vectors.py"},
    "sentence_transformers": {"index/embedding.py"},
    "spacy": {"index/speech/parsing.py"},
    "sqlite_utils": {"index/store/database.py", "bot/memory/schema.py"},
    "datasketch": {"index/events/duplicates.py"},
    "sentencex": {"index/texts/sentences.py"},
    "matplotlib": {"bot/messages/drawing.py"},
    "trafilatura": {"index/sources/html.py"},
    "feedparser": {"index/sources/feed.py"},
    "cryptography": {"bot/memory/vault.py"},
    "tornado": {"bot/health.py"},
}
"""Which modules may import a library."""

BOT_ROOMS = ("language", "messages", "memory", "sending", "scheduling", "handlers")
"""Folders of the bot, each of which imports only from those before it; the modules beside them from all."""


def imports(path):
    """Every top-level name that a module imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    """The index knows no Telegram, the bot no run_bot, and each library stays in its modules."""
    name = str(path.relative_to(ROOT))
    found = imports(path)
    if name.startswith("index/"):
        assert not found & {"bot", "telegram", "run_bot"}
    if name.startswith("bot/"):
        assert "run_bot" not in found
    for library, allowed in ONLY_IN.items():
        assert library not in found or name in allowed, f"{library} is imported by {sorted(allowed)} only"


def test_the_table_is_not_stale():
    """Every module in the table exists and does import its library."""
    for library, allowed in ONLY_IN.items():
        for name in allowed:
            assert library in imports(ROOT / name)


@pytest.mark.parametrize("room", BOT_ROOMS)
def test_rooms_of_the_bot_build_on_those_before(room):
    """What is shown knows nothing of what is kept, and neither of who is served when."""
    later = {*BOT_ROOMS[BOT_ROOMS.index(room) + 1 :]}
    beside = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"settings"}
    for path in sorted((ROOT / "bot" / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot"):
                parts = f"{node.module}.{node.names[0].name}".split(".")
                assert parts[1] not in later | beside, f"{path.name} imports {node.module}"


def test_every_folder_of_the_bot_is_in_the_order():
    """A new folder gets its place."""
    assert {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")} == {*BOT_ROOMS}
