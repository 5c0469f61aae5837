"""No token in any output; settings that cannot be used are one clear sentence."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.log import belonging, configure, redact
from bot.settings import SettingsError, load
from latihan.botapi import DEFAULT_TOKEN
from tests.bot.post_office import Post, played, say

LOGGERS = ("httpx", "httpcore", "apscheduler", "fontTools", "weasyprint", "aiohttp.access")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_run_at_debug_shows_no_token(tmp_path: Path, form: str) -> None:
    out = io.StringIO()
    configure("DEBUG", form, out)  # type: ignore[arg-type]  # a parameter of the test is no Literal

    @played
    async def run(post: Post) -> None:
        _, id = post.joins("Rina Marlina")
        logging.getLogger("httpx").setLevel(logging.DEBUG)  # even if somebody turns it on
        logging.getLogger("httpcore").setLevel(logging.DEBUG)
        await post.sends(say(id, "halo"))
        post.server.stop()
        with pytest.raises(Exception, match="connect"):
            await post.bot.send_message(1, "x")
        try:
            raise RuntimeError(f"https://api.telegram.org/bot{DEFAULT_TOKEN}/getMe")
        except RuntimeError:
            logging.getLogger("a").exception("broke with %s", DEFAULT_TOKEN)
        logging.getLogger("a").info("link https://t.me/bot?start=RahasiaSekali and /start RahasiaSekali")

    run(tmp_path)
    text = out.getvalue()
    assert "sendMessage" in text
    assert "broke with" in text
    assert DEFAULT_TOKEN not in text
    assert DEFAULT_TOKEN.partition(":")[2] not in text
    assert "RahasiaSekali" not in text


def test_redaction_keeps_what_is_no_secret() -> None:
    assert redact("Pukul 10:22, nomor 12345:abc") == "Pukul 10:22, nomor 12345:abc"
    assert redact("t.me/x?start=abc_DEF-1&y=2") == "t.me/x?start=[kode]&y=2"


def test_a_line_says_what_it_belongs_to() -> None:
    out = io.StringIO()
    configure("INFO", "json", out)
    with belonging("update 12"):
        logging.getLogger("a").info("handled %s", "it")
    assert '"to": "update 12"' in out.getvalue()
    assert '"event": "handled it"' in out.getvalue()


NAMES = ("TELEGRAM_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "DATA_DIR", "OFFICE_DIR", "WEBHOOK_URL", "LOG_LEVEL")


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / ".env"


def test_without_any_setting_everything_has_a_default(env: Path) -> None:
    settings = load(env)
    assert settings.telegram_token is None
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.base_file_url == "https://api.telegram.org/file/bot"
    assert settings.database.startswith("sqlite:///")
    assert settings.office_dir.name == "office"


def test_settings_come_from_a_file_and_the_environment_wins(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env.write_text(f"TELEGRAM_TOKEN={DEFAULT_TOKEN}\nTELEGRAM_API_URL=http://127.0.0.1:8081/\nLOG_LEVEL=info\n")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = load(env)
    assert settings.base_url == "http://127.0.0.1:8081/bot"
    assert settings.log_level == "DEBUG"
    assert DEFAULT_TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("TELEGRAM_TOKEN=salah-ketik-1234", "TELEGRAM_TOKEN"),
        ("TELEGRAM_API_URL=bukan alamat", "TELEGRAM_API_URL"),
        ("TELEGRAM_API_URL=bukan alamat", "bukan alamat yang lengkap"),
        ("LOG_LEVEL=keras", "LOG_LEVEL: pilih salah satu dari 'DEBUG', 'INFO', 'WARNING' atau 'ERROR'"),
        ("TELEGRAM_LOCAL_MODE=mungkin", "TELEGRAM_LOCAL_MODE: isi dengan true atau false"),
        ("WEBHOOK_LISTEN=8443", "WEBHOOK_LISTEN"),
        ("WEBHOOK_URL=https://contoh.go.id/hook", "WEBHOOK_SECRET"),
        ("WEBHOOK_SECRET=ada spasi", "WEBHOOK_SECRET"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence_without_the_secret(env: Path, line: str, says: str) -> None:
    env.write_text(line)
    with pytest.raises(SettingsError) as caught:
        load(env)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "salah-ketik-1234" not in str(caught.value)


def test_the_folder_of_all_data_is_readable_by_its_owner_alone(env: Path) -> None:
    env.write_text(f"DATA_DIR={env.parent / 'isi' / 'data'}\n")
    settings = load(env)
    settings.make_data_dir()
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_place_of_the_folder_is_said_to_be_one(env: Path) -> None:
    (env.parent / "data").write_text("x")
    env.write_text(f"DATA_DIR={env.parent / 'data'}\n")
    with pytest.raises(SettingsError, match="adalah berkas, bukan folder"):
        load(env).make_data_dir()
