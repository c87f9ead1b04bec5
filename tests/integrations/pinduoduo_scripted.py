"""A Pinduoduo shop in front of a gateway that answers from a script."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp

from desk.kernel.clock import Clock
from integrations.pinduoduo.shop import PinduoduoShop
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import MemoryBuckets
from integrations.tokens import MemoryTokenCache, TokenCache
from sandbox.clock import Clock as TurnableClock
from tests.integrations.scripted_gateway import scripted

Sent = dict[str, str]


def entry(base_url: str, **credentials: str) -> ShopEntry:
    """An entry of the shops' file; a credential of "" is as good as none."""
    known = {
        "client_id": "cid0001",
        "client_secret": "pddsecret",
        "access_token": "first",
        "refresh_token": "refresh-1",
    }
    return ShopEntry("pdd-main", "pinduoduo", "拼多多店", base_url, {**known, **credentials})


def refusal(code: int, sub_msg: str = "") -> dict[str, object]:
    """The gateway's no."""
    return {"error_response": {"error_code": code, "error_msg": "no", "sub_msg": sub_msg}}


def refreshed(access: str, refresh: str, expires_at: int) -> dict[str, object]:
    """The answer to a refresh."""
    pair = {"access_token": access, "refresh_token": refresh, "expires_at": expires_at}
    return {"pop_auth_token_refresh_response": pair}


@asynccontextmanager
async def shop_on(
    script: Callable[[Sent], object],
    *,
    tokens: TokenCache | None = None,
    clock: Clock | None = None,
    **credentials: str,
) -> AsyncIterator[PinduoduoShop]:
    """A shop whose gateway answers each call by the script, given what was sent."""
    async with (
        scripted(lambda _, sent: script(sent)) as url,
        aiohttp.ClientSession() as session,
    ):
        around = Surroundings(
            session, clock or TurnableClock(), tokens or MemoryTokenCache(), MemoryBuckets()
        )
        yield PinduoduoShop(entry(url.rstrip("/"), **credentials), around)
