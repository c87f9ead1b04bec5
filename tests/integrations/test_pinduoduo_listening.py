"""Messages are acknowledged when they are kept, not before; nothing on the line can break it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.events import ShopEvent, Subject
from integrations.pinduoduo.listening import MessageLine, message_sign
from integrations.pinduoduo.messages import Message, read_message
from integrations.platform import BadShopEntry, Surroundings
from integrations.rate import MemoryBuckets
from integrations.tokens import MemoryTokenCache
from integrations.wild import Unreadable
from sandbox.clock import Clock
from tests.integrations.pinduoduo_scripted import entry

_CASES = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["pinduoduo_pmc_ws"]["cases"]
_TALK = Callable[[web.WebSocketResponse], Awaitable[None]]


def _frame(number: object = 91400216300001, **message: object) -> str:
    inner = {
        "type": "pdd_trade_TradeSellerShip",
        "mallID": 517204836,
        "content": '{"mall_id":517204836,"tid":"261118-093512447180026"}',
        **message,
    }
    return json.dumps(
        {
            "id": number,
            "commandType": "Common",
            "time": 1763740900000,
            "sendTime": 1763740900123,
            "message": inner,
        }
    )


class _Server:
    """The other end of the line: talks by script, remembers what it heard."""

    def __init__(self, talk: _TALK, status: int = 0) -> None:
        self._talk = talk
        self._status = status
        self.opened: list[str] = []
        self.heard: list[dict[str, object]] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.opened.append(request.path)
        if self._status:
            return web.Response(status=self._status)
        line = web.WebSocketResponse()
        await line.prepare(request)
        reader = asyncio.create_task(self._listen(line))
        await self._talk(line)
        await line.close()
        await reader
        return line

    async def _listen(self, line: web.WebSocketResponse) -> None:
        async for frame in line:
            self.heard.append(json.loads(frame.data))

    @property
    def acks(self) -> list[dict[str, object]]:
        return [each for each in self.heard if each["commandType"] == "Ack"]


@asynccontextmanager
async def _line_to(
    server: _Server, beat_seconds: float = 60, **credentials: str
) -> AsyncIterator[MessageLine]:
    app = web.Application()
    app.router.add_get("/{path:.*}", server.serve)
    async with (
        TestServer(app, host="127.0.0.1") as door,
        aiohttp.ClientSession() as session,
    ):
        around = Surroundings(session, Clock(), MemoryTokenCache(), MemoryBuckets())
        url = str(door.make_url("/")).rstrip("/").replace("http", "ws", 1)
        yield MessageLine(entry("", message_url=url, **credentials), around, beat_seconds)


async def _kept(server: _Server, mall_id: str = "") -> list[ShopEvent]:
    kept: list[ShopEvent] = []

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        kept.extend(events)

    async with _line_to(server, mall_id=mall_id) as line:
        await asyncio.wait_for(line.listen(keep), 10)
    return kept


def _says(*frames: str) -> _TALK:
    async def talk(line: web.WebSocketResponse) -> None:
        for frame in frames:
            await line.send_str(frame)
        await asyncio.sleep(0.1)

    return talk


async def _nothing(_events: tuple[ShopEvent, ...]) -> None:
    raise AssertionError("nothing was to be kept")


@pytest.mark.parametrize("case", _CASES)
def test_a_connection_is_signed_as_the_sdks_sign_it(case: dict[str, str]) -> None:
    made = message_sign(case["client_id"], int(case["millis"]), case["secret"])

    assert made == case["sig"]


async def test_a_message_is_read_down_to_its_order_and_acknowledged() -> None:
    server = _Server(_says(_frame()))

    (event,) = await _kept(server)

    assert (event.shop, event.id) == ("pdd-main", "91400216300001")
    assert event.kind == "pdd_trade_TradeSellerShip"
    assert (event.about, event.subject_id) == (Subject.ORDER, "261118-093512447180026")
    assert event.order_no == "261118-093512447180026"
    assert event.version == 1763740900123
    (ack,) = server.acks
    assert ack | {"time": 0} == {
        "id": 91400216300001,
        "commandType": "Ack",
        "type": "pdd_trade_TradeSellerShip",
        "mallID": 517204836,
        "time": 0,
        "sendTime": 1763740900123,
    }
    assert server.opened[0].startswith("/message/cid0001/")


async def test_an_acknowledgement_waits_for_the_keeping() -> None:
    acks_while_keeping: list[int] = []
    server = _Server(_says(_frame()))

    async def keep(_events: tuple[ShopEvent, ...]) -> None:
        await asyncio.sleep(0.05)
        acks_while_keeping.append(len(server.acks))

    async with _line_to(server) as line:
        await asyncio.wait_for(line.listen(keep), 10)

    assert acks_while_keeping == [0]
    assert len(server.acks) == 1


async def test_what_could_not_be_kept_is_not_acknowledged() -> None:
    server = _Server(_says(_frame(1), _frame(2)))

    async def keep(_events: tuple[ShopEvent, ...]) -> None:
        raise Unavailable("test.full", "放不下")

    async with _line_to(server) as line:
        with pytest.raises(Unavailable):
            await asyncio.wait_for(line.listen(keep), 10)

    assert server.acks == []


async def test_something_is_heard_of_us_all_the_time() -> None:
    async def wait(_line: web.WebSocketResponse) -> None:
        await asyncio.sleep(0.4)

    server = _Server(wait)
    async with _line_to(server, beat_seconds=0.05) as line:
        await asyncio.wait_for(line.listen(_nothing), 10)

    assert len(server.heard) >= 4
    assert {each["commandType"] for each in server.heard} == {"HeartBeat"}
    assert all(isinstance(each["time"], int) for each in server.heard)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"commandType":"HeartBeat","time":1}',
        '{"commandType":"Fail"}',
        '{"commandType":"Common"}',
        '{"commandType":"Common","id":1,"message":{"mallID":1}}',
        '{"commandType":"Common","id":1,"message":{"type":"x"}}',
        '{"commandType":"Common","id":[1],"message":{"type":"x","mallID":1}}',
        '{"commandType":7}',
        "[" * 5000,
    ],
)
async def test_what_is_no_message_is_passed_over_and_the_next_is_kept(frame: str) -> None:
    server = _Server(_says(frame, _frame(7)))

    assert [event.id for event in await _kept(server)] == ["7"]
    assert [ack["id"] for ack in server.acks] == [7]


@pytest.mark.parametrize("content", ["", "broken", "[]", '{"tid":[]}', None, 5])
async def test_an_odd_content_is_about_nothing_but_does_not_come_for_ever(content: object) -> None:
    server = _Server(_says(_frame(content=content)))

    (event,) = await _kept(server)

    assert (event.about, event.subject_id, event.order_no) == (Subject.ORDER, "", "")
    assert len(server.acks) == 1


async def test_messages_of_another_shop_of_the_app_are_left_to_it() -> None:
    server = _Server(_says(_frame(1, mallID=9), _frame(2)))

    assert [event.id for event in await _kept(server, mall_id="517204836")] == ["2"]
    assert [ack["id"] for ack in server.acks] == [2]


@pytest.mark.parametrize(
    ("kind", "content", "about", "subject", "order_no", "version"),
    [
        (
            "pdd_refund_RefundCreated",
            '{"mall_id":1,"refund_id":7381745730,"tid":"210707-1","modified":1625637425016}',
            Subject.REFUND,
            "7381745730",
            "210707-1",
            1625637425016,
        ),
        ("pdd_goods_GoodsOffShelf", '{"goods_id":583}', Subject.ITEM, "583", "", 1763740900123),
        ("pdd_chat_OrderPromise", '{"tid":"1"}', Subject.OTHER, "1", "", 1763740900123),
    ],
)
def test_each_topic_is_about_its_own(
    kind: str, content: str, about: Subject, subject: str, order_no: str, version: int
) -> None:
    message = read_message("pdd-main", _frame(type=kind, content=content))

    assert message is not None
    event = message.event
    assert (event.about, event.subject_id, event.order_no) == (about, subject, order_no)
    assert event.version == version
    assert content not in repr(event)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_whatever_is_said_is_a_message_or_nothing_or_unreadable(text: str) -> None:
    try:
        read = read_message("pdd-main", text)
    except Unreadable:
        return
    assert read is None


_ANY = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.integers())


@given(
    number=_ANY,
    kind=_ANY,
    mall=_ANY,
    content=_ANY
    | st.dictionaries(st.sampled_from(["tid", "refund_id", "modified"]), _ANY).map(json.dumps),
    sent_at=_ANY,
)
def test_whatever_stands_in_the_fields_nothing_else_escapes(
    number: object, kind: object, mall: object, content: object, sent_at: object
) -> None:
    inner = {"type": kind, "mallID": mall, "content": content}
    frame = {"id": number, "commandType": "Common", "sendTime": sent_at, "message": inner}
    try:
        read = read_message("pdd-main", json.dumps(frame))
    except Unreadable:
        return
    assert isinstance(read, Message)
    assert json.dumps(read.acknowledgement(1))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AuthExpired),
        (403, AuthExpired),
        (404, Refused),
        (429, Unavailable),
        (503, Unavailable),
    ],
)
async def test_a_line_that_is_not_opened_says_why(status: int, kind: type[Exception]) -> None:
    async with _line_to(_Server(_says(), status)) as line:
        with pytest.raises(kind):
            await asyncio.wait_for(line.listen(_nothing), 10)


async def test_a_server_that_is_away_is_unavailable() -> None:
    async with aiohttp.ClientSession() as session:
        around = Surroundings(session, Clock(), MemoryTokenCache(), MemoryBuckets())
        line = MessageLine(entry("", message_url="ws://127.0.0.1:9"), around)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(line.listen(_nothing), 10)


@pytest.mark.parametrize("url", ["http://127.0.0.1", "message-api.pinduoduo.com"])
async def test_an_address_of_another_kind_is_told_by_its_field(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        around = Surroundings(session, Clock(), MemoryTokenCache(), MemoryBuckets())
        with pytest.raises(BadShopEntry) as caught:
            MessageLine(entry("", message_url=url), around)

    assert caught.value.field == "credentials.message_url"


async def test_who_stops_listening_leaves_nothing_running() -> None:
    is_open, is_over = asyncio.Event(), asyncio.Event()

    async def wait(_line: web.WebSocketResponse) -> None:
        is_open.set()
        await is_over.wait()

    async with _line_to(_Server(wait), beat_seconds=0.02) as line:
        before = asyncio.all_tasks()
        listening = asyncio.create_task(line.listen(_nothing))
        await is_open.wait()
        await asyncio.sleep(0.1)
        is_over.set()
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        ours = [task for task in asyncio.all_tasks() - before if "_beat" in repr(task)]

    assert ours == []
