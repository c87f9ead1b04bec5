"""A WeChat Store shop in front of a gateway that answers from a script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from desk.shops.port import Shop
from integrations.catalog import connected_shops, read_entries
from integrations.tokens import TokenCache
from tests.integrations.scripted_gateway import Script, scripted

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OK: dict[str, object] = {"errcode": 0, "errmsg": "ok"}
TOKEN = "/cgi-bin/stable_token"


class SetClock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment


@asynccontextmanager
async def scripted_shop(
    script: Script,
    tokens: TokenCache | None = None,
    clock: SetClock | None = None,
    calls_per_second: int = 2000,
) -> AsyncIterator[Shop]:
    """Open the shop with made-up credentials."""
    async with scripted(script) as url:
        entry = {
            "id": "s",
            "platform": "wechat_store",
            "name": "微信小店",
            "base_url": url,
            "calls_per_second": calls_per_second,
            "credentials": {"app_id": "wx1", "app_secret": "s3cret"},
        }
        async with connected_shops(read_entries([entry]), clock or SetClock(), tokens) as (shop,):
            yield shop


def token(value: str) -> dict[str, object]:
    """The answer that hands out a token."""
    return {"access_token": value, "expires_in": 7200}


def path_of(path: str) -> str:
    """The interface by its name in the documents."""
    return path.removeprefix("/channels/ec/")
