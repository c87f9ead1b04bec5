"""The fake WeChat Store checks the address, seals what it pushes, and repeats what is not heard."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import BaseWeChatCrypto, PrpCrypto

from sandbox.shops.wechat_store.credentials import WechatStoreKeys
from sandbox.shops.wechat_store.seal import seal, sign
from tests.sandbox.shops_world import at, rows
from tests.sandbox.wechat_store_world import WechatWorld, open_wechat_store

KEYS = WechatStoreKeys()
VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["wechat_store_push"]
NUMBER = "3737730118844629504"


def unsealed(sealed: str) -> object:
    """Open a message with a library that knows nothing of the fake."""
    crypto = BaseWeChatCrypto(KEYS.push_token, KEYS.push_aes_key, KEYS.app_id)
    answer: object = json.loads(PrpCrypto(crypto.key).decrypt(sealed, KEYS.app_id))
    return answer


@dataclass
class Inbox:
    """The bot's side: answers the check when it wants to, and pushes with `answers` in turn."""

    echoes: bool = True
    answers: list[str] = field(default_factory=list)
    checks: list[dict[str, str]] = field(default_factory=list)
    got: list[tuple[dict[str, str], object]] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        """Answer one request."""
        query = dict(request.query)
        if request.method == "GET":
            self.checks.append(query)
            return web.Response(text=query["echostr"] if self.echoes else "hello")
        self.got.append((query, await request.json()))
        return web.Response(text=self.answers.pop(0) if self.answers else "success")


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    box = Inbox()
    app = web.Application()
    app.router.add_route("*", "/hook", box.take)
    async with TestServer(app, host="127.0.0.1", port=0) as server:
        box.url = str(server.make_url("/hook"))
        yield box


@pytest.fixture
async def world(inbox: Inbox) -> AsyncIterator[WechatWorld]:
    async with open_wechat_store(WechatStoreKeys(push_url=inbox.url)) as opened:
        yield opened


async def test_the_address_is_checked_once_before_anything_is_pushed(
    world: WechatWorld, inbox: Inbox
) -> None:
    for status in ("20", "100"):
        await world.control(order={"number": NUMBER, "status": status})

    (check,) = inbox.checks
    assert check["signature"] == sign(KEYS.push_token, check["timestamp"], check["nonce"])
    assert len(inbox.got) == 2


async def test_an_address_that_does_not_echo_gets_nothing(world: WechatWorld, inbox: Inbox) -> None:
    inbox.echoes = False

    answer = await world.control(order={"number": NUMBER, "status": "20"})

    assert inbox.got == []
    assert at(answer, "pushed") == []


async def test_a_new_state_is_pushed_sealed_and_signed(world: WechatWorld, inbox: Inbox) -> None:
    await world.control(order={"number": NUMBER, "status": "20"})

    ((query, body),) = inbox.got
    sealed = str(at(body, "Encrypt"))
    parts = (KEYS.push_token, query["timestamp"], query["nonce"], sealed)
    assert query["msg_signature"] == sign(*parts)
    assert query["encrypt_type"] == "aes"
    message = unsealed(sealed)
    assert at(message, "Event") == "channels_ec_order_pay"
    assert at(message, "order_info", "order_id") == int(NUMBER)
    assert at(message, "CreateTime") == world.ago(0)


@pytest.mark.parametrize(
    ("wish", "event"),
    [
        ({"order": {"number": NUMBER, "status": "190"}}, "channels_ec_order_cancel"),
        ({"order": {"number": NUMBER, "status": "100"}}, "channels_ec_order_confirm"),
        (
            {"ship": {"number": "3737588240019308544", "company": "中通快递", "waybill": "7861"}},
            "channels_ec_order_deliver",
        ),
        (
            {"refund": {"refund_id": "2000000617390258", "status": "MERCHANT_REFUND_SUCCESS"}},
            "channels_ec_aftersale_update",
        ),
        (
            {"stock": {"item": "10000271850101", "sku": 2573386024, "quantity": 1}},
            "channels_ec_stock_no_enough",
        ),
    ],
)
async def test_each_change_has_its_event(
    world: WechatWorld, inbox: Inbox, wish: dict[str, object], event: str
) -> None:
    await world.control(**wish)

    ((_, body),) = inbox.got
    assert at(unsealed(str(at(body, "Encrypt"))), "Event") == event


async def test_enough_stock_is_no_news(world: WechatWorld, inbox: Inbox) -> None:
    await world.control(stock={"item": "10000271850101", "sku": 2573386024, "quantity": 6})

    assert inbox.got == []


async def test_what_is_not_answered_with_success_comes_again_sealed_anew(
    world: WechatWorld, inbox: Inbox
) -> None:
    inbox.answers = ["ok", "fail", "success"]

    answer = await world.control(order={"number": NUMBER, "status": "20"})

    sealed = [str(at(body, "Encrypt")) for _, body in inbox.got]
    assert len(set(sealed)) == 3
    messages = [unsealed(each) for each in sealed]
    assert messages[0] == messages[1] == messages[2]
    (pushed,) = rows(answer, "pushed")
    assert (pushed["send_count"], pushed["delivered"]) == (3, True)


async def test_a_push_that_nobody_heard_comes_later_once_more(
    world: WechatWorld, inbox: Inbox
) -> None:
    inbox.answers = ["no"] * 3
    answer = await world.control(order={"number": NUMBER, "status": "20"})
    assert at(answer, "pushed", 0, "delivered") is False

    answer = await world.control(repush=True)

    assert at(answer, "pushed", 0, "delivered") is True
    assert len(inbox.got) == 4


async def test_without_an_address_nothing_is_pushed() -> None:
    async with open_wechat_store() as world:
        answer = await world.control(order={"number": NUMBER, "status": "20"})
        assert at(answer, "pushed") == []


def test_signatures_match_the_known_vectors() -> None:
    check = VECTORS["url_check"][0]
    assert sign(check["token"], check["timestamp"], check["nonce"]) == check["signature"]
    for case in VECTORS["cases"]:
        parts = (case["token"], case["timestamp"], case["nonce"], case["encrypt"])
        assert sign(*parts) == case["msg_signature"]


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 1000])
def test_a_seal_of_any_length_is_opened_by_another_library(length: int) -> None:
    message = json.dumps("鞋" * length, ensure_ascii=False)

    assert unsealed(seal(message, KEYS.push_aes_key, KEYS.app_id)) == "鞋" * length
