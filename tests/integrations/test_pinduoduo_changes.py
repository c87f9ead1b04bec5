"""Orders that changed are all found: in half hours, from the last page, whatever moves."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from desk.kernel.errors import Unavailable
from integrations.beijing import from_utc
from tests.integrations.pinduoduo_scripted import Sent, refusal, shop_on

_NOW = datetime(2026, 11, 21, 12, 0, 0, 250_000, tzinfo=UTC)
_CHANGED = "pdd.order.number.list.increment.get"


class _Clock:
    def now(self) -> datetime:
        return _NOW


def _row(number: int, at: datetime) -> dict[str, object]:
    return {
        "order_sn": f"261118-{number:015d}",
        "confirm_status": 1,
        "group_status": 1,
        "order_status": 2,
        "refund_status": 1,
        "after_sales_status": 0,
        "pay_amount": "1.00",
        "created_time": "2026-11-18 20:00:00",
        "updated_at": from_utc(at),
        "item_list": [{"goods_id": 1, "goods_name": "x", "goods_count": 1, "goods_price": "1.00"}],
    }


class _List:
    """The platform's list: the latest change first; `moves` change once after so many answers."""

    def __init__(self, orders: dict[int, datetime]) -> None:
        self.orders = orders
        self.asked: list[Sent] = []
        self.moves: dict[int, list[int]] = {}

    def answer(self, sent: Sent) -> object:
        assert sent["type"] == _CHANGED
        self.asked.append(sent)
        start, end = int(sent["start_updated_at"]), int(sent["end_updated_at"])
        found = sorted(
            (
                (at, number)
                for number, at in self.orders.items()
                if start <= int(at.timestamp()) <= end
            ),
            reverse=True,
        )
        size, page = int(sent["page_size"]), int(sent["page"])
        rows = [_row(number, at) for at, number in found[(page - 1) * size : page * size]]
        answer: dict[str, object] = {"order_sn_list": rows}
        if sent["use_has_next"] == "true":
            answer["has_next"] = page * size < len(found)
        else:
            answer["total_count"] = len(found)
        for number in self.moves.get(len(self.asked), []):
            self.orders[number] = _NOW
        return {"order_sn_increment_get_response": answer}


async def _found(listing: _List, since: datetime, until: datetime) -> list[int]:
    async with shop_on(listing.answer, clock=_Clock()) as shop:
        return [int(order.number[7:]) async for order in shop.changed_orders(since, until)]


async def test_no_question_spans_more_than_half_an_hour_and_no_second_is_left_out() -> None:
    listing = _List({})

    await _found(listing, _NOW - timedelta(days=1), _NOW)

    spans = [(int(sent["start_updated_at"]), int(sent["end_updated_at"])) for sent in listing.asked]
    assert 48 <= len(spans) <= 50
    assert all(0 < end - start <= 1800 for start, end in spans)
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(spans))
    assert spans[0][0] <= (_NOW - timedelta(days=1)).timestamp()
    assert spans[-1][1] >= _NOW.timestamp()


async def test_an_order_that_moves_while_pages_are_read_takes_none_with_it() -> None:
    start = _NOW - timedelta(minutes=40)
    listing = _List({number: start + timedelta(seconds=number) for number in range(350)})
    listing.moves = {1: [349, 348], 2: [120], 3: [5, 347]}

    found = await _found(listing, start, start + timedelta(minutes=20))

    moved_before_they_were_read = {349, 348, 347, 120}
    assert set(range(350)) - set(found) <= moved_before_they_were_read
    assert [sent["page"] for sent in listing.asked] == ["1", "4", "3", "2", "1"]


async def test_reading_forwards_would_have_lost_some() -> None:
    """The list of these tests is one that punishes: shown by asking it the other way."""
    start = _NOW - timedelta(minutes=40)
    listing = _List({number: start + timedelta(seconds=number) for number in range(250)})
    listing.moves = {1: [249, 248]}
    asked = {
        "type": _CHANGED,
        "start_updated_at": str(int(start.timestamp())),
        "end_updated_at": str(int(start.timestamp()) + 1200),
        "page_size": "100",
        "use_has_next": "true",
    }

    seen = [str(listing.answer({**asked, "page": str(page)})) for page in (1, 2, 3)]

    assert sum("261118-000000000000149" in page for page in seen) == 0


async def test_the_window_is_half_open_to_the_second() -> None:
    start, end = _NOW - timedelta(minutes=10), _NOW - timedelta(minutes=5)
    second = timedelta(seconds=1)
    listing = _List({1: start - second, 2: start, 3: end - second, 4: end, 5: end + second})

    assert sorted(await _found(listing, start, end.replace(microsecond=0))) == [2, 3]


async def test_what_is_to_come_is_not_asked_for() -> None:
    listing = _List({1: _NOW})

    assert await _found(listing, _NOW - timedelta(minutes=1), _NOW + timedelta(days=1)) == [1]
    assert len(listing.asked) == 1
    assert int(listing.asked[0]["end_updated_at"]) <= _NOW.timestamp() + 1


async def test_a_window_that_breaks_off_is_an_error() -> None:
    listing = _List({})

    def script(sent: Sent) -> object:
        return refusal(52103) if len(listing.asked) == 3 else listing.answer(sent)

    async with shop_on(script, clock=_Clock()) as shop:
        with pytest.raises(Unavailable):
            async for _ in shop.changed_orders(_NOW - timedelta(days=1), _NOW):
                pass


async def test_cases_are_asked_for_by_the_order_that_has_some() -> None:
    row = {**_row(1, _NOW - timedelta(minutes=5)), "after_sales_status": 11}
    asked: list[Sent] = []

    def script(sent: Sent) -> object:
        asked.append(sent)
        if sent["type"] == _CHANGED:
            page = {"order_sn_list": [row], "total_count": 1}
            return {"order_sn_increment_get_response": page}
        case = {
            "id": 5,
            "after_sales_status": 11,
            "after_sales_type": 2,
            "refund_amount": "1.00",
            "created_time": "2026-11-20 20:00:00",
        }
        return {"refund_increment_get_response": {"refund_list": [case], "total_count": 1}}

    async with shop_on(script, clock=_Clock()) as shop:
        orders = [each async for each in shop.changed_orders(_NOW - timedelta(minutes=9), _NOW)]

    assert [refund.id for refund in orders[0].refunds] == ["5"]
    assert asked[1]["order_sn"] == "261118-000000000000001"
