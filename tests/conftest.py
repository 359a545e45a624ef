"""What many tests work with."""

import pytest

from index.speech.parsing import load_parser


@pytest.fixture(scope="session")
def parser():
    """The pinned parser, which keeps nothing of what it reads."""
    return load_parser()
