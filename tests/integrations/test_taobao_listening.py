"""TOP's messages become events, and are confirmed only once they are kept."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kernel.errors import AuthExpired, DeskError, Unavailable
from desk.shops.events import ShopEvent, Subject
from desk.shops.powers import Listens
from integrations.catalog import connected_shops, read_entries
from integrations.signing import SignMethod, sign_sorted
from integrations.taobao import listening, messages
from integrations.wild import Unreadable, Wild
from tests.integrations.scripted_gateway import Script, scripted

_VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["taobao_tmc_connect"]["cases"]
_PUBLISHED = "2026-11-21 20:00:00"
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def _message(topic: str, content: object, number: int = 41, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "topic": topic,
        "pub_time": _PUBLISHED,
        "content": json.dumps(content),
        **more,
    }


def _event(raw: object) -> ShopEvent:
    return messages.event("tmall", Wild.parse("taobao", json.dumps(raw)))


@pytest.mark.parametrize("case", _VECTORS)
def test_the_signature_of_the_message_connection_is_the_gateways_own(case: dict[str, Any]) -> None:
    signed = {name: case[name] for name in ("app_key", "group_name", "timestamp")}

    assert sign_sorted(signed, case["secret"], SignMethod.MD5) == case["sign"]


@pytest.mark.parametrize(
    ("topic", "content", "about", "subject", "order_no"),
    [
        ("taobao_trade_TradeCreate", {"tid": 26, "oid": 27}, Subject.ORDER, "26", "26"),
        ("taobao_trade_TradeLogisticsAddressChanged", {"tid": "26"}, Subject.ORDER, "26", "26"),
        ("taobao_trade_TradeRated", {"tid": 26}, Subject.ORDER, "26", "26"),
        ("taobao_logistics_LogsticDetailTrace", {"tid": 26}, Subject.ORDER, "26", "26"),
        ("taobao_refund_RefundCreated", {"refund_id": 9, "tid": 26}, Subject.REFUND, "9", "26"),
        ("taobao_refund_RefundSuccess", {"refund_id": 9}, Subject.REFUND, "9", ""),
        ("taobao_item_ItemStockChanged", {"num_iid": 72}, Subject.STOCK, "72", ""),
        ("taobao_item_ItemZeroStock", {"num_iid": 72}, Subject.STOCK, "72", ""),
        ("taobao_item_ItemUpdate", {"num_iid": 72}, Subject.ITEM, "72", ""),
        ("taobao_item_ItemDelete", {"num_iid": 72}, Subject.ITEM, "72", ""),
        ("alibaba_something_New", {"tid": 26}, Subject.OTHER, "41", ""),
        ("taobao_trade_TradeCreate", {"tid": None}, Subject.OTHER, "41", ""),
        ("taobao_trade_TradeCreate", ["tid"], Subject.OTHER, "41", ""),
    ],
)
def test_a_topic_tells_what_has_to_be_read_again(
    topic: str, content: object, about: Subject, subject: str, order_no: str
) -> None:
    event = _event(_message(topic, content))

    assert (event.about, event.subject_id, event.order_no) == (about, subject, order_no)
    assert (event.shop, event.kind) == ("tmall", topic)
    assert event.version == 1795262400000


def test_the_data_id_is_what_stays_when_a_message_comes_again() -> None:
    content = {"tid": 26}
    first = _event(_message("taobao_trade_TradeClose", content, 41, dataId="7"))
    again = _event(_message("taobao_trade_TradeClose", content, 42, dataId="7"))
    without = _event(_message("taobao_trade_TradeClose", content, 43))

    assert first.id == again.id == "7"
    assert without.id == "43"


@given(st.dictionaries(st.sampled_from(["topic", "pub_time", "content", "dataId"]), _ANYTHING))
def test_a_message_with_an_id_is_always_an_event(garbage: dict[str, object]) -> None:
    assert _event({"id": 41, **garbage}).shop == "tmall"


@given(_ANYTHING)
def test_a_message_without_an_id_is_unreadable(garbage: object) -> None:
    with pytest.raises(Unreadable):
        _event({"id": None, "content": garbage})


class _Queue:
    """A message queue of TOP that gives what is left and takes confirmations."""

    def __init__(self, *rows: dict[str, object]) -> None:
        self.rows = list(rows)
        self.asked: list[dict[str, str]] = []

    def answer(self, path: str, sent: dict[str, str]) -> object:
        method = sent["method"]
        self.asked.append(sent)
        key = method.removeprefix("taobao.").replace(".", "_") + "_response"
        if method == "taobao.tmc.messages.consume":
            rows = self.rows[: int(sent["quantity"])]
            return {key: {"messages": {"tmc_message": rows}} if rows else {"request_id": "r"}}
        if method == "taobao.tmc.messages.confirm":
            done = set(sent["s_message_ids"].split(","))
            self.rows = [row for row in self.rows if str(row["id"]) not in done]
        return {key: {"is_success": True}}

    def methods(self) -> list[str]:
        return [sent["method"].rsplit(".", 1)[1] for sent in self.asked]


@asynccontextmanager
async def _shop(script: Script, **more: str) -> AsyncIterator[Listens]:
    credentials = {"app_key": "k", "app_secret": "s3cret", "session": "first", **more}
    async with scripted(script) as url:
        entry = {"id": "tmall", "platform": "taobao", "name": "店", "base_url": url}
        entries = read_entries([{**entry, "credentials": credentials}])
        async with connected_shops(entries, _Clock()) as (shop,):
            assert isinstance(shop, Listens)
            yield shop


async def _ended(shop: Listens, kept: asyncio.Event, keep: Any) -> None:
    """Listen until the event is set and the queue was asked once more."""
    task = asyncio.create_task(shop.listen(keep))
    async with asyncio.timeout(10):
        await kept.wait()
        await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_messages_are_kept_then_confirmed_then_the_next_are_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "PAUSE", 0.01)
    monkeypatch.setattr(listening, "AT_ONCE", 10)
    rows = [_message("taobao_trade_TradeClose", {"tid": n}, n) for n in range(1, 24)]
    queue, kept, all_kept = _Queue(*rows), list[str](), asyncio.Event()

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        assert queue.methods()[-1] == "consume"
        kept.extend(event.subject_id for event in events)
        if len(kept) == len(rows):
            all_kept.set()

    async with _shop(queue.answer) as shop:
        await _ended(shop, all_kept, keep)

    assert kept == [str(n) for n in range(1, 24)]
    assert queue.rows == []
    assert queue.methods()[:7] == ["permit", *["consume", "confirm"] * 3]
    assert set(queue.methods()[7:]) == {"consume"}
    assert all("group_name" not in sent for sent in queue.asked)


async def test_a_group_of_users_is_asked_for_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "PAUSE", 0.01)
    queue = _Queue(_message("taobao_trade_TradeClose", {"tid": 1}))
    kept = asyncio.Event()

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        kept.set()

    async with _shop(queue.answer, tmc_group="shop-one") as shop:
        await _ended(shop, kept, keep)

    assert {sent.get("group_name") for sent in queue.asked[1:]} == {"shop-one"}


async def test_what_could_not_be_kept_is_not_confirmed_and_the_seller_not_asked_again() -> None:
    queue = _Queue(_message("taobao_trade_TradeClose", {"tid": 1}))

    async def keep(events: tuple[ShopEvent, ...]) -> None:
        raise Unavailable("x", "x")

    async with _shop(queue.answer) as shop:
        for _ in range(2):
            with pytest.raises(Unavailable):
                await shop.listen(keep)

    assert queue.methods() == ["permit", "consume", "consume"]
    assert len(queue.rows) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"error_response": {"code": 27, "msg": "no"}}, AuthExpired),
        ({"error_response": {"code": 7, "msg": "no", "sub_code": ""}}, Unavailable),
        ({"tmc_user_permit_response": {}, "odd": 1}, Unavailable),
    ],
)
async def test_a_gateway_that_says_no_ends_the_listening(
    answer: dict[str, object], error: type[DeskError]
) -> None:
    async def keep(events: tuple[ShopEvent, ...]) -> None:
        raise AssertionError(events)

    async with _shop(lambda path, sent: answer) as shop:
        with pytest.raises(error):
            await shop.listen(keep)
