"""What the commands of the evaluation have in common: FOLDER, their options, and one line on an error.

Every command of this folder is an `EvaluationCommand` and takes of the options here those that it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.errors import OnrecordError
from index.settings import IndexSettings, load_index_settings


class EvaluationCommand(click.Command):
    """A command that ends with one line and exit code 1 on the project's own errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            raise click.ClickException(str(error)) from error


def _load_settings(context: click.Context, parameter: click.Parameter, path: Path) -> IndexSettings:
    try:
        return load_index_settings(path)
    except OnrecordError as error:
        raise click.ClickException(str(error)) from error


folder_argument = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))

config_option = click.option(
    "--config",
    "settings",
    type=click.Path(path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    callback=_load_settings,
    help="Configuration file: the models, and how they are used.",
)

work_option = click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("data/evaluation"),
    show_default=True,
    help="Where the sets are indexed; vectors found there are used again.",
)


def command_over_sets(function: Callable[..., None]) -> click.Command:
    """Make a command over the sets in FOLDER of a function of these three, and of the options below it."""
    return click.command(cls=EvaluationCommand)(folder_argument(config_option(work_option(function))))
