"""What the sandbox takes from the environment: the corp's console holds the same secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MERCHANT_PEOPLE = HERE / "merchant" / "people.yml"
CALLBACK_URL = "http://127.0.0.1:8000/wecom/callback"
BOT_CLOCK_URL = "http://127.0.0.1:8000/dev/clock"
HOST = "127.0.0.1"
PORT = 8100


@dataclass(frozen=True, slots=True)
class Settings:
    """The corp's credentials and where the bot lives."""

    corp_id: str
    agent_id: int
    secret: str
    token: str
    aes_key: str
    callback_url: str = CALLBACK_URL
    bot_clock_url: str = BOT_CLOCK_URL
    host: str = HOST
    port: int = PORT
    people: Path = MERCHANT_PEOPLE


class SettingsMissing(Exception):
    """The environment lacks a value. `names` are the variables to set."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("set " + ", ".join(names))
        self.names = names


def from_environment(env: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsMissing."""
    needed = ("WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY")
    missing = [name for name in needed if not env.get(name)]
    if missing:
        raise SettingsMissing(missing)
    return Settings(
        corp_id=env["WECOM_CORP_ID"],
        agent_id=int(env["WECOM_AGENT_ID"]),
        secret=env["WECOM_SECRET"],
        token=env["WECOM_TOKEN"],
        aes_key=env["WECOM_AES_KEY"],
        callback_url=env.get("CALLBACK_URL") or CALLBACK_URL,
        bot_clock_url=env.get("BOT_CLOCK_URL") or BOT_CLOCK_URL,
        host=env.get("SANDBOX_HOST") or HOST,
        port=int(env.get("SANDBOX_PORT") or PORT),
        people=Path(env.get("SANDBOX_PEOPLE") or MERCHANT_PEOPLE),
    )
