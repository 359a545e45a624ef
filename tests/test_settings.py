"""Settings are checked, and config.toml shows every one of them with its default."""

import tomllib
import traceback
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.settings import BotSettings, load_bot_settings
from index.errors import ConfigError
from index.settings import IndexSettings, load_index_settings

CONFIG = Path(__file__).parent.parent / "config.toml"
NOT_KEYS = {"base", "token", "keys", "webhook_secret"}
EXAMPLES = {"outlets", "aliases"}
"""Tables that config.toml fills for the sample articles; their default is empty."""


def list_keys(model, prefix=()):
    """Every key of a settings class with its default."""
    for name, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True)
        if isinstance(default, BaseModel):
            yield from list_keys(type(default), (*prefix, name))
        elif name not in NOT_KEYS:
            yield (*prefix, name), default


@pytest.mark.parametrize(("table", "model"), [("index", IndexSettings), ("bot", BotSettings)])
def test_the_configuration_file_shows_every_key_with_its_default(table, model):
    """A newcomer sees each setting in config.toml, and what it is when nobody changes it."""
    written = tomllib.loads(CONFIG.read_text(encoding="utf-8"))[table]
    for path, default in list_keys(model):
        value = written
        for name in path:
            assert name in value, f"[{table}] {'.'.join(path)} is missing from config.toml"
            value = value[name]
        if path[-1] in EXAMPLES:
            continue
        value = tuple(value) if isinstance(value, list) else value
        assert value == (str(default) if isinstance(default, Path) else default), (
            f"[{table}] {'.'.join(path)}"
        )


def test_every_key_line_says_what_it_is():
    """Each key stands under or beside a comment."""
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    in_examples = False
    for above, line in pairwise(lines):
        if line.startswith("["):
            in_examples = line in {"[index.outlets]", "[index.aliases]"}
        if "=" in line and not line.startswith("#") and not in_examples:
            assert "#" in line or above.startswith("#"), line


def test_a_wrong_key_and_a_wrong_value_are_named(tmp_path):
    """All mistakes are reported at once, each with its key and what was found."""
    config = tmp_path / "config.toml"
    config.write_text("[index]\nsorces = []\n[index.passages]\nmax_tokens = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_index_settings(config)
    message = str(caught.value)
    assert str(config) in message
    assert "index.sorces" in message
    assert "index.passages.max_tokens = 3" in message


@pytest.mark.parametrize("content", [b"[index", b"\xff\xfe\x00", b"index = 3"])
def test_a_file_that_is_no_table_is_an_error_of_ours(tmp_path, content):
    """Broken TOML, binary and a wrong type name the file."""
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load_index_settings(config)


def test_a_mistyped_table_is_named(tmp_path):
    """A table that nothing reads would be passed over in silence."""
    path = tmp_path / "config.toml"
    path.write_text('[idnex]\ndata = "data"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[idnex\] is no table .* \[index\] and \[bot\]"):
        load_index_settings(path)


def test_a_missing_file_says_what_to_do(tmp_path):
    """The message names the option that gives another file."""
    with pytest.raises(ConfigError, match="--config FILE"):
        load_index_settings(tmp_path / "config.toml")


def test_paths_are_taken_from_the_files_folder(tmp_path):
    """The data folder does not depend on where a command is run."""
    config = tmp_path / "config.toml"
    config.write_text('[index]\ndata = "store"\n', encoding="utf-8")
    assert load_index_settings(config).data_folder == tmp_path / "store"


def test_the_token_comes_from_the_environment_and_hides(tmp_path):
    """A token in the file is refused, one in the environment does not show in a repr."""
    config = tmp_path / "config.toml"
    config.write_text('[bot]\ntoken = "123:secret"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN"):
        load_bot_settings(config, {})
    config.write_text("", encoding="utf-8")
    settings = load_bot_settings(config, {"TELEGRAM_BOT_TOKEN": " 123:secret \n"})
    assert settings.token.get_secret_value() == "123:secret"
    assert "123:secret" not in repr(settings)
    assert load_bot_settings(config, {}).token is None


def test_webhook_settings_and_their_secret(tmp_path):
    """A webhook is an https address; its secret comes from the environment, of the characters it may have."""
    config = tmp_path / "config.toml"
    config.write_text('[bot.webhook]\nurl = "https://bot.example/news"\n', encoding="utf-8")
    settings = load_bot_settings(config, {"ONRECORD_WEBHOOK_SECRET": "long-enough_to_be_1"})
    assert settings.webhook.url + settings.webhook.path == "https://bot.example/news/telegram"
    assert settings.webhook_secret.get_secret_value() == "long-enough_to_be_1"
    assert "long-enough" not in repr(settings)
    assert load_bot_settings(config, {}).webhook_secret is None
    for secret in ("short", "with a blank in between"):
        with pytest.raises(ConfigError, match="ONRECORD_WEBHOOK_SECRET"):
            load_bot_settings(config, {"ONRECORD_WEBHOOK_SECRET": secret})
    for url in ("http://bot.example", "bot.example", "https://bot.example/"):
        config.write_text(f'[bot.webhook]\nurl = "{url}"\n', encoding="utf-8")
        with pytest.raises(ConfigError, match=r"webhook"):
            load_bot_settings(config, {})
    config.write_text(
        '[bot]\napi_url = "http://127.0.0.1:8081"\n[bot.webhook]\nurl = "http://127.0.0.1:9"\n',
        encoding="utf-8",
    )
    assert load_bot_settings(config, {}).webhook.url == "http://127.0.0.1:9"


def test_an_error_prints_no_secret(tmp_path):
    """What is wrong with the whole table is said without its values, which hold those of the environment."""
    config = tmp_path / "config.toml"
    config.write_text('[bot.webhook]\nurl = "http://bot.example"\n', encoding="utf-8")
    environ = {"TELEGRAM_BOT_TOKEN": "123:TOKEN", "ONRECORD_WEBHOOK_SECRET": "long-enough_to_be_1"}
    with pytest.raises(ConfigError) as caught:
        load_bot_settings(config, environ)
    shown = "".join(traceback.format_exception(caught.value))
    assert "TOKEN" not in shown
    assert "long-enough" not in shown


def test_the_key_stands_apart_from_the_data(tmp_path):
    """By default the key file is beside config.toml, not in the data folder; the environment comes first."""
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    settings = load_bot_settings(config, {})
    assert settings.keys.file == tmp_path / "onrecord.key"
    assert settings.data_folder not in settings.keys.file.parents
    settings = load_bot_settings(config, {"ONRECORD_KEY": "new, old"})
    assert settings.keys.read() == ("new", "old")
    assert "new, old" not in repr(settings)
    config.write_text('[bot]\nkeys = "x"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="keys is not a setting"):
        load_bot_settings(config, {})


def test_a_time_zone_that_is_none_is_named(tmp_path):
    """A misspelt zone would cost every printed time, and is an error."""
    config = tmp_path / "config.toml"
    config.write_text('[index.reading]\ntimezone = "Europe/Kiyv"\n', encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"index\.reading\.timezone = 'Europe/Kiyv': expected the IANA name"
    ):
        load_index_settings(config)


def test_one_source_is_a_list_of_one(tmp_path):
    """What a list in TOML is called says the error that asks for one."""
    config = tmp_path / "config.toml"
    config.write_text('[index]\nsources = "news"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"index\.sources = 'news': expected an array, \[\.\.\.\]"):
        load_index_settings(config)
