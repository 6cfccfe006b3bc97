"""Settings, from the environment or a `.env` file in the working folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMONSTRATION = "DEMONSTRATION.txt"  # the mark of a demonstration's folder


class Settings(BaseSettings):
    """What can be set from outside; with nothing set, SQLite in `data/` and a web chat on this machine."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder of the SQLite database and of attached files.")
    database_url: str = Field("", description="Address of the database; empty is SQLite in DATA_DIR.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field("", description="How the world reaches the web pages, such as https://chat.example.org.")
    telegram_bot_token: SecretStr | None = Field(None, description="Token of the Telegram bot; without it, no Telegram.")
    telegram_api_url: str = Field("https://api.telegram.org", description="Address of the Bot API server.")
    telegram_mode: Literal["polling", "webhook"] = Field("polling", description="How updates arrive.")
    telegram_webhook_secret: SecretStr | None = Field(None, description="Secret of the webhook's header.")
    broadcast_rate: float = Field(30.0, gt=0, description="Messages a second, over all replicas.")
    second_approval_above: int = Field(500, ge=0, description="Announcements to more people need a second member of staff.")
    team_reply_hours: float = Field(4.0, gt=0, description="Hours after which a person who waits for the team is told so.")
    staff_telegram_group: int | None = Field(None, description="Number of the Telegram group where the team hears of enquiries.")
    default_language: str = Field("en", description="Language where neither app, browser nor words tell.")
    privacy_url: str = Field("", description="Address of the privacy notice.")
    imprint_url: str = Field("", description="Address of the imprint.")
    openid_issuer: str = Field("", description="Address of the organisation's own sign-in (OpenID Connect) for staff.")
    openid_client_id: str = Field("", description="What the assistant is called there.")
    openid_client_secret: SecretStr | None = Field(None, description="Its secret there; none for a public client.")
    openid_claim: str = Field("email", description="Claim that the team's list knows people by; an e-mail has to be verified.")
    log_format: Literal["text", "json"] = Field("text", description="How log lines are written.")

    @property
    def database(self) -> str:
        """The database's SQLAlchemy address, with an async driver."""
        if self.database_url:
            return self.database_url
        return f"sqlite+aiosqlite:///{self.data_dir / 'assistant.sqlite'}"

    @property
    def is_demonstration(self) -> bool:
        """Whether the data are those of a demonstration, whoever opens them."""
        return not self.database_url and (self.data_dir / DEMONSTRATION).is_file()

    @property
    def documents(self) -> Path:
        """The folder of documents that people attach to checklists."""
        return self.data_dir / "documents"

    @property
    def base_url(self) -> str:
        """Where the pages are reached."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
