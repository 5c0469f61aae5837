"""Settings: from the environment or a file .env beside the project. The only reader of the environment."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import AnyHttpUrl, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[1]
DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes, Bot API in the cloud
LOCAL_LIMIT = 2000 * 1024 * 1024  # a Bot API server of one's own, both ways

_TOKEN = r"\d{6,}:[A-Za-z0-9_-]{30,}"


class SettingsError(Exception):
    """A setting that cannot be used; the text is one clear sentence."""


class Settings(BaseSettings):
    """Everything that differs between two installations. Defaults work for one machine without a token (gladi)."""

    model_config = SettingsConfigDict(
        env_file=PROJECT / ".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True, frozen=True
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    telegram_local_mode: bool = False
    database_url: SecretStr | None = None
    data_dir: Path = PROJECT / "data"
    office_dir: Path = PROJECT / "office"
    webhook_url: AnyHttpUrl | None = None
    webhook_listen: str = "127.0.0.1:8443"
    webhook_secret: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("webhook_listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        if not re.fullmatch(r"[^\s]*:\d{1,5}", value) or int(value.rpartition(":")[2]) > 65535:
            raise ValueError("tulis host dan port, misalnya 127.0.0.1:8443")
        return value

    @field_validator("data_dir", "office_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else PROJECT / value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.telegram_token and not re.fullmatch(_TOKEN, self.telegram_token.get_secret_value()):
            raise ValueError("TELEGRAM_TOKEN tidak tampak seperti token dari BotFather (123456789:AA...)")
        if self.webhook_secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret.get_secret_value()):
            raise ValueError("WEBHOOK_SECRET hanya boleh berisi 1 sampai 256 huruf A-Z a-z, angka, _ atau -")
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError("WEBHOOK_URL perlu disertai WEBHOOK_SECRET; tanpanya siapa pun dapat mengirim kabar palsu")
        return self

    def make_data_dir(self) -> None:
        """The folder of all data, readable by its owner alone.

        Raises:
            SettingsError: there is a file in its place, or it cannot be made.
        """
        if self.data_dir.exists() and not self.data_dir.is_dir():
            raise SettingsError(f"DATA_DIR: {self.data_dir} adalah berkas, bukan folder")
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"DATA_DIR: folder tidak dapat dibuat ({error})") from None

    @property
    def database(self) -> str:
        """The database's URL; a SQLite file in DATA_DIR if none is given."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'monev.sqlite3'}"

    @property
    def base_url(self) -> str:
        """For `telegram.Bot(base_url=...)`."""
        return f"{self._api}/bot"

    @property
    def base_file_url(self) -> str:
        """For `telegram.Bot(base_file_url=...)`."""
        return f"{self._api}/file/bot"

    @property
    def download_limit(self) -> int:
        """The largest file that can be fetched, bytes."""
        return LOCAL_LIMIT if self.telegram_local_mode else DOWNLOAD_LIMIT

    @property
    def webhook_address(self) -> tuple[str, int]:
        """Host and port to listen on for the webhook."""
        host, _, port = self.webhook_listen.rpartition(":")
        return host or "127.0.0.1", int(port)

    @property
    def _api(self) -> str:
        return str(self.telegram_api_url).rstrip("/")


def load(env_file: Path | None = None) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one of them cannot be used; the sentence names it and never shows a secret.
    """
    try:
        return Settings() if env_file is None else Settings(_env_file=env_file)  # type: ignore[call-arg]  # _env_file is pydantic-settings' own, untyped
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(e) for e in error.errors())) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"berkas .env tidak dapat dibaca: {error}") from None


def _sentence(detail: ErrorDetails) -> str:
    place, kind = detail["loc"], detail["type"]
    message = detail["msg"].removeprefix("Value error, ")  # our own sentences
    if kind == "literal_error":
        message = f"pilih salah satu dari {detail['ctx']['expected'].replace(' or ', ' atau ')}"
    elif kind.startswith("bool"):
        message = "isi dengan true atau false"
    elif kind.startswith("url"):
        message = "bukan alamat yang lengkap; contoh: https://api.telegram.org"
    elif kind != "value_error":
        message = "nilai ini tidak dapat dipakai"
    return f"{str(place[0]).upper()}: {message}" if place else message
