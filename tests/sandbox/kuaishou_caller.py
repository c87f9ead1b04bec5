"""A caller of the fake Kuaishou that signs by hand, so that the fake is not its own judge."""

import json
from datetime import datetime

from sandbox.shops.kuaishou.credentials import Credentials
from tests.sandbox.shops_world import World, at, md5_hex

KEYS = Credentials()


def millis(moment: datetime) -> int:
    """Unix milliseconds."""
    return int(moment.timestamp() * 1000)


async def refresh(world: World, refresh_token: str = "", **changed: str) -> object:
    """POST the form of the token office."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token or KEYS.refresh_token,
        "app_id": KEYS.app_key,
        "app_secret": KEYS.app_secret,
        **changed,
    }
    async with world.client.post("/kuaishou/oauth2/refresh_token", data=form) as response:
        assert response.status == 200
        answer: object = await response.json()
        return answer


async def sign_in(world: World) -> None:
    """Get an access token and keep it."""
    token = at(await refresh(world), "access_token")
    assert isinstance(token, str)
    world.token = token


def query_of(world: World, method: str, param: object, /, **changed: str) -> dict[str, str]:
    """A signed query; `changed` replaces common parameters before it is signed."""
    query = {
        "appkey": KEYS.app_key,
        "method": method,
        "version": "1",
        "timestamp": str(millis(world.clock.now())),
        "access_token": world.token,
        "signMethod": "MD5",
        "param": json.dumps(param, ensure_ascii=False),
        **changed,
    }
    return query | {"sign": sign_of(query)}


def sign_of(query: dict[str, str]) -> str:
    """MD5 over sorted pairs and the signSecret; lower hex."""
    pairs = "&".join(f"{key}={query[key]}" for key in sorted(query) if key != "sign")
    return md5_hex(f"{pairs}&signSecret={KEYS.sign_secret}")


async def send(world: World, method: str, query: dict[str, str]) -> object:
    """GET a query as it is."""
    path = f"/kuaishou/{method.replace('.', '/')}"
    async with world.client.get(path, params=query) as response:
        assert response.status == 200
        answer: object = await response.json()
        return answer


async def ask(world: World, method: str, /, **param: object) -> object:
    """Ask with a right query; what is inside `data`."""
    answer = await send(world, method, query_of(world, method, param))
    assert at(answer, "result") == 1, answer
    return at(answer, "data")


async def refused(world: World, method: str, /, **param: object) -> tuple[object, object]:
    """Ask, and return the number and the sentence that the gateway refuses with."""
    answer = await send(world, method, query_of(world, method, param))
    return at(answer, "result"), at(answer, "error_msg")
