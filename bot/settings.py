"""All settings of the process, read from the environment once."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """The settings; names are those of the environment. Times are seconds unless named else.

    Empty secrets close what they guard: without WECOM_TOKEN there is no callback.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    data_dir: Path = Path(".data")
    database_url: str = ""
    redis_url: str = ""
    data_key: SecretStr = SecretStr("")

    wecom_api_base: str = "https://qyapi.weixin.qq.com"
    wecom_corp_id: str = ""
    wecom_agent_id: int = 0
    wecom_secret: SecretStr = SecretStr("")
    wecom_token: SecretStr = SecretStr("")
    wecom_aes_key: SecretStr = SecretStr("")

    nlu_url: str = "http://127.0.0.1:5005"
    nlu_timeout: float = Field(default=1.0, gt=0)
    nlu_threshold: float = Field(default=0.45, ge=0, le=1)
    nlu_margin: float = Field(default=0.10, ge=0, le=1)
    review_below: float = Field(default=0.6, ge=0, le=1)

    llm_url: str = ""
    llm_key: SecretStr = SecretStr("")
    llm_model: str = ""
    llm_timeout: float = Field(default=2.0, gt=0)
    llm_per_day: int = Field(default=2000, ge=0)

    shops_file: Path | None = None
    shop_deadline: float = Field(default=0.6, gt=0)
    shop_reuse: float = Field(default=1.0, ge=0)
    shop_pull_interval: float = Field(default=60, gt=0)
    parcel_watch: bool = True
    templates_dir: Path | None = None
    staff_file: Path | None = None
    managers: Annotated[tuple[str, ...], NoDecode] = ()
    phrases_file: Path | None = None

    public_url: str = ""
    trusted_proxies: int = Field(default=0, ge=0, le=5)

    cold_start_grace: float = Field(default=600, ge=0)
    poll_interval: float = Field(default=60, gt=0)
    turn_concurrency: int = Field(default=16, ge=1)
    delivery_concurrency: int = Field(default=16, ge=1)
    dev_clock: bool = False
    log_level: str = "INFO"

    @field_validator("managers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("public_url")
    @classmethod
    def _opens_safely(cls, value: str) -> str:
        """Where customers' browsers reach the house: https, or http on this very machine."""
        url = urlsplit(value.rstrip("/"))
        if value and (
            url.scheme not in ("https", "http")
            or not url.hostname
            or (url.scheme == "http" and not _is_this_machine(url.hostname))
            or any((url.username, url.password, url.query, url.fragment))
        ):
            raise ValueError("an address such as https://desk.example.com is needed")
        return url.geturl()

    @field_validator("wecom_api_base", "nlu_url", "llm_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def llm_is_set(self) -> bool:
        """Tell whether a language model may be asked; without a URL and a model's name none is."""
        return bool(self.llm_url and self.llm_model)

    @property
    def wecom_is_set(self) -> bool:
        """Tell whether all that WeCom needs is there; without it the callback stays closed."""
        secrets = (self.wecom_secret, self.wecom_token, self.wecom_aes_key)
        return (
            bool(self.wecom_corp_id)
            and self.wecom_agent_id > 0
            and all(each.get_secret_value() for each in secrets)
        )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
