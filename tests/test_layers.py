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
    "sqlite_utils": {"index/store/database.py", "bot/schema.py"},
    "datasketch": {"index/events/duplicates.py"},
    "sentencex": {"index/texts/sentences.py"},
    "matplotlib": {"bot/drawing.py"},
    "trafilatura": {"index/sources/html.py"},
    "feedparser": {"index/sources/feed.py"},
    "cryptography": {"bot/vault.py"},
    "tornado": {"bot/health.py"},
}
"""Which modules may import a library."""


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
