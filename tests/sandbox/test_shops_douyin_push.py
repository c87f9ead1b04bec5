"""The fake Douyin pushes arrays with a true signature, and again until it is thanked."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.shops.douyin.credentials import DouyinKeys, from_environment
from tests.sandbox.douyin_caller import Caller, open_caller
from tests.sandbox.shops_world import at, rows

NUMBER, REFUND = "6938115502077193344", "7301248855019640833"
THANKS: dict[str, object] = {"code": 0, "msg": "success"}


@dataclass
class Inbox:
    """What was pushed, and what is said to it."""

    answer: object = field(default_factory=lambda: dict(THANKS))
    status: int = 200
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def messages(self) -> list[list[dict[str, str]]]:
        """All arrays, as they came."""
        return [json.loads(raw) for _, raw in self.received]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def caller(inbox: Inbox) -> AsyncIterator[Caller]:
    async def accept(request: web.Request) -> web.Response:
        inbox.received.append((dict(request.headers), await request.read()))
        return web.json_response(inbox.answer, status=inbox.status)

    app = web.Application()
    app.router.add_post("/hook", accept)
    async with TestServer(app, host="127.0.0.1", port=0) as server:
        keys = DouyinKeys(push_url=str(server.make_url("/hook")))
        async with open_caller(keys) as opened:
            yield opened


async def ship(caller: Caller) -> object:
    wish = {"number": NUMBER, "company": "中通快递", "waybill": "78600000000077"}
    return await caller.control(ship=wish)


async def test_the_address_is_checked_before_the_first_message(
    caller: Caller, inbox: Inbox
) -> None:
    await ship(caller)
    check, messages = inbox.messages()
    assert [(each["tag"], each["msg_id"]) for each in check] == [("0", "0")]
    (message,) = messages
    assert message["tag"] == "102"
    data = json.loads(message["data"])
    assert (data["p_id"], data["shop_id"]) == (int(NUMBER), int(caller.keys.shop_id))


async def test_each_push_is_signed_over_the_raw_body(caller: Caller, inbox: Inbox) -> None:
    await ship(caller)
    for headers, raw in inbox.received:
        joined = caller.keys.app_key.encode() + raw + caller.keys.app_secret.encode()
        right = hashlib.md5(joined, usedforsecurity=False).hexdigest()
        assert headers["event-sign"] == right
        assert headers["app-id"] == caller.keys.app_key


@pytest.mark.parametrize(
    ("answer", "status"), [({"code": 1}, 200), (THANKS, 500), ("ok", 200), ({}, 200)]
)
async def test_an_address_that_does_not_pass_the_check_gets_nothing_more(
    caller: Caller, inbox: Inbox, answer: object, status: int
) -> None:
    inbox.answer, inbox.status = answer, status
    mood = await ship(caller)
    assert [message[0]["tag"] for message in inbox.messages()] == ["0"]
    assert [each["delivered"] for each in rows(mood, "pushed")] == [False]


async def test_what_was_not_thanked_for_comes_again_in_one_array(
    caller: Caller, inbox: Inbox
) -> None:
    await ship(caller)
    inbox.status = 503
    await caller.control(order={"number": NUMBER, "status": "5"})
    inbox.status = 200
    await caller.control(refund={"refund_id": REFUND, "status": "7"})
    lost, together = inbox.messages()[-2:]
    assert [each["tag"] for each in lost] == ["103"]
    assert [each["tag"] for each in together] == ["103", "202"]
    assert lost[0]["msg_id"] == together[0]["msg_id"]


async def test_a_push_again_keeps_its_id(caller: Caller, inbox: Inbox) -> None:
    await ship(caller)
    mood = await caller.control(repush=True)
    first, second = inbox.messages()[1:]
    assert first == second
    assert at(mood, "pushed", 0, "send_count") == 2


async def test_an_after_sale_is_pushed_with_its_order(caller: Caller, inbox: Inbox) -> None:
    await caller.control(refund={"refund_id": REFUND, "status": "12"})
    (message,) = inbox.messages()[-1]
    data = json.loads(message["data"])
    assert (message["tag"], data["aftersale_id"]) == ("206", int(REFUND))
    assert data["p_id"] == 6935913307266401945


async def test_without_an_address_nothing_is_pushed() -> None:
    async with open_caller() as caller:
        assert at(await ship(caller), "pushed") == []


def test_the_environment_names_the_secret_and_the_address() -> None:
    keys = from_environment({"DOUYIN_APP_SECRET": "s", "DOUYIN_PUSH_URL": "http://127.0.0.1:1/x"})
    assert (keys.app_secret, keys.push_url) == ("s", "http://127.0.0.1:1/x")
    assert from_environment({}) == DouyinKeys()
