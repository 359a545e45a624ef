"""The README tells the truth: its commands exist, and the files that it names are there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.__main__ import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BLOCKS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
INDEX_COMMANDS = re.findall(r"^\.venv/bin/python -m index (.*)$", BLOCKS, re.MULTILINE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make ([a-z]+)\b", BLOCKS, re.MULTILINE))))
def test_every_make_target_exists(target):
    """What the README tells a reader to make can be made."""
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("line", INDEX_COMMANDS)
def test_every_index_command_is_one(line):
    """Each command of the README takes the arguments that it shows."""
    name, *arguments = shlex.split(line)
    command = main.commands[name]
    context = command.make_context(name, arguments, resilient_parsing=True)
    assert context is not None
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_every_command_is_in_the_readme():
    """No command is undocumented."""
    assert {line.split()[0] for line in INDEX_COMMANDS} == set(main.commands)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:index|bot|tests|docs)/[\w./-]*|\w+\.\w+)`", README)))
)
def test_every_file_that_is_named_is_there(name):
    """Paths in the README lead somewhere."""
    if (ROOT / name.split("/")[0]).exists() or "/" in name:
        assert (ROOT / name).exists()
