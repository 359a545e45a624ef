"""What commands that learn weights have in common: how features spread, and how a table of weights is kept.

Learned weights are JSON files beside the modules that read them, each with a line on where they come from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

_CONSTANT = 1e-6  # spread below which a feature is the same everywhere, and teaches nothing


def measure_spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the (f,) standard deviations of (n, f) features, 1 for one that never changes."""
    spread = values.std(axis=0)
    return np.where(spread > _CONSTANT, spread, 1.0)


def round_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights with three digits, which is more than another set would agree on."""
    return {name: round(float(weight), 3) for name, weight in weights.items()}


def write_weights(path: Path, about: str, tables: Mapping[str, Any]) -> None:
    """Write tables of weights as JSON, below a line on where they come from, and print where they are."""
    text = json.dumps({"about": about, **tables}, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    click.echo(f"written: {path}")
