"""A push out of the fake Youzan passes the real verification, and nothing else does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from desk.shops.events import ForgedPush, ShopEvent
from integrations.catalog import receive
from integrations.platform import PushRequest, ShopEntry
from sandbox.clock import Clock
from sandbox.shops import applications
from sandbox.shops.credentials import Credentials

_PUSHED_WITHIN = 10


class Mailbox:
    """The bot's side of the push: believes what is signed, and keeps it."""

    def __init__(self, entry: ShopEntry) -> None:
        self._entry = entry
        self.events: asyncio.Queue[ShopEvent] = asyncio.Queue()
        self.forged = 0

    async def take(self, request: web.Request) -> web.Response:
        """Answer one push."""
        try:
            received = receive(self._entry, await _as_it_came(request))
        except ForgedPush:
            self.forged += 1
            return web.Response(status=403)
        assert received is not None
        for event in received.events:
            self.events.put_nowait(event)
        return web.Response(text=received.answer, content_type=received.content_type)


async def _as_it_came(request: web.Request) -> PushRequest:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return PushRequest(request.method, dict(request.query), headers, await request.read())


@asynccontextmanager
async def _pushing(secret_of_bot: str) -> AsyncIterator[tuple[Mailbox, str]]:
    plain = Credentials()
    entry = ShopEntry(
        "youzan-main",
        "youzan",
        "有赞商城",
        "",
        {"client_id": plain.client_id, "client_secret": secret_of_bot},
    )
    mailbox = Mailbox(entry)
    bot = web.Application()
    bot.router.add_post("/shops/youzan-main/webhook", mailbox.take)
    async with TestServer(bot, host="127.0.0.1") as door:
        push_url = str(door.make_url("/shops/youzan-main/webhook"))
        shops = web.Application()
        for mount, part in applications(Clock(), Credentials(push_url=push_url)).items():
            shops.add_subapp(mount, part)
        async with TestServer(shops, host="127.0.0.1") as server:
            yield mailbox, str(server.make_url("/youzan/_control"))


async def _ship(control: str) -> None:
    ship = {
        "number": "E20261119112803019500072",
        "company": "中通快递",
        "waybill": "78600000000001",
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(control, json={"ship": ship}) as response,
    ):
        assert response.status == 200, await response.text()


async def test_a_shipment_is_pushed_and_believed() -> None:
    async with _pushing(Credentials().client_secret) as (mailbox, control):
        await _ship(control)
        event = await asyncio.wait_for(mailbox.events.get(), _PUSHED_WITHIN)

    assert event.shop == "youzan-main"
    assert event.kind == "trade_TradeSellerShip"
    assert event.subject_id == "E20261119112803019500072"
    assert event.version > 0
    assert event.id != ""
    assert mailbox.forged == 0


async def test_a_push_signed_with_another_secret_is_not_believed() -> None:
    async with _pushing("another-secret") as (mailbox, control):
        await _ship(control)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(mailbox.events.get(), 0.5)

    assert mailbox.forged >= 1
