"""What the bot sends, on a terminal: quotes behind a bar, bold, links, and buttons by number.

The terminal's request class prints with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.messages.composing import count_units

BAR = "▏ "
_QUOTES = ("blockquote", "expandable_blockquote")
_STYLES = {"bold": Style(bold=True), "italic": Style(italic=True), "code": Style(bold=True)}

Entity = Mapping[str, Any]
Keyboard = Sequence[Sequence[Mapping[str, Any]]]


class Screen:
    """Prints messages; on anything but a terminal without colours, escape codes or wrapping.

    Args:
        console: where to print; its width counts only on a terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console

    @property
    def interactive(self) -> bool:
        """Whether somebody sits in front of it."""
        return self._console.is_terminal

    def show_message(self, heading: str, text: str, entities: Sequence[Entity], keyboard: Keyboard) -> None:
        """Print a message with its entities, and its buttons with the numbers that choose them."""
        if heading:
            self.show_note(heading)
        for line in _write_lines(text, entities):
            self._print_line(line)
        buttons = [button for row in keyboard for button in row]
        if buttons:
            labels = "  ".join(f"({number}) {button['text']}" for number, button in enumerate(buttons, 1))
            self._print(Text(labels, style="cyan" if self.interactive else ""))
        self._print(Text())

    def show_note(self, text: str) -> None:
        """Print a line of the terminal itself."""
        self._print(Text(text, style="dim" if self.interactive else ""))

    def show_prompt(self, text: str) -> None:
        """Print a prompt, where somebody sits in front of it."""
        if self.interactive:
            self._console.print(Text(text, style="bold cyan"), end="")

    def _print_line(self, line: Text) -> None:
        if not line.plain.startswith(BAR) or not self.interactive:
            self._print(line)
            return
        width = max(self._console.width - len(BAR), 10)
        for part in line[len(BAR) :].wrap(self._console, width):
            self._print(Text.assemble((BAR, "cyan"), part))

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=not self.interactive, highlight=False)


def _write_lines(text: str, entities: Sequence[Entity]) -> list[Text]:
    """Return the lines of a message in their styles, a bar before each line of a quote."""
    styled = Text(text)
    positions = _code_point_positions(text)
    quoted: list[tuple[int, int]] = []
    addresses: dict[int, str] = {}
    links: dict[str, tuple[int, int]] = {}  # page without fragment -> (length, end) of its longest words
    for entity in entities:
        start = positions[entity["offset"]]
        end = positions[entity["offset"] + entity["length"]]
        if entity["type"] in _QUOTES:
            quoted.append((start, end))
        elif entity["type"] in _STYLES:
            styled.stylize(_STYLES[entity["type"]], start, end)
        elif entity["type"] == "text_link":
            styled.stylize(Style(underline=True, link=entity["url"]), start, end)
            page = entity["url"].partition("#")[0]
            links[page] = max(links.get(page, (0, 0)), (end - start, end))
    for page, (_, end) in links.items():
        addresses[end] = f" <{page}>"
    lines: list[Text] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        written = Text()
        last = start
        for position in sorted(at for at in addresses if start < at <= end):
            written += styled[last:position]
            written.append(addresses[position])
            last = position
        written += styled[last:end]
        inside = any(first <= start < last_ or (first <= end < last_) for first, last_ in quoted)
        lines.append(Text(BAR) + written if inside else written)
        start = end + 1
    return lines


def _code_point_positions(text: str) -> dict[int, int]:
    """Return the code-point position of each UTF-16 offset that a character starts at."""
    positions, units = {0: 0}, 0
    for number, character in enumerate(text, 1):
        units += count_units(character)
        positions[units] = number
    return positions
