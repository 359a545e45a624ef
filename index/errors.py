"""The project's one error tree; every module raises these and nothing else for bad input.

OnrecordError
├── ConfigError          config.toml: unreadable, an unknown key, a value out of range
├── SourceError          one file, feed or URL cannot be read; the rest of the batch goes on
│   ├── EmptySourceError     it was read, and holds no article text
│   └── SilentHostError      its server did not answer in time
├── StoredIndexError          the stored index cannot be used as it is
│   ├── NoIndexError         nothing has been built yet
│   ├── MismatchError        built by another model, cleaner or schema than the settings ask for
│   └── CorruptIndexError    a file of the generation is missing or damaged
├── DataFolderError      the data folder cannot be written: full, read-only, no folder
├── BuildRunningError    another build holds the lock
├── ModelError           an embedding or parsing model is missing or not the pinned one
└── NotFoundError        no article (or other named thing) goes by that name

A message says what was found, what was expected, and what to do.
"""


class OnrecordError(Exception):
    """Anything that Onrecord reports to its user as an error."""


class ConfigError(OnrecordError):
    """The configuration file is unreadable or holds a wrong key or value."""


class SourceError(OnrecordError):
    """One source cannot be read.

    Attributes:
        source: the path or URL, as the user knows it.
        reason: why, in words for the user, without the source's name.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EmptySourceError(SourceError):
    """A source was read and holds no article text."""


class SilentHostError(SourceError):
    """The server of a source did not answer in time."""


class StoredIndexError(OnrecordError):
    """The stored index cannot be used as it is."""


class NoIndexError(StoredIndexError):
    """Nothing has been built in this data folder yet."""


class MismatchError(StoredIndexError):
    """The index was built with other settings than those in force."""


class CorruptIndexError(StoredIndexError):
    """A file of the live generation is missing or damaged."""


class DataFolderError(OnrecordError):
    """The data folder cannot be written: it is full, read-only, or no folder."""


class BuildRunningError(OnrecordError):
    """Another build is at work in this data folder."""


class ModelError(OnrecordError):
    """A model is missing, or is not the one that is pinned."""


class NotFoundError(OnrecordError):
    """Nothing goes by the name that was asked for."""
