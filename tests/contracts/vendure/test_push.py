"""What a real Vendure shop pushes by its event bus, verified and read."""

from dataclasses import replace

import pytest

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.catalog import receive
from integrations.platform import PushRequest
from tests.contracts.vendure.conftest import Inbox
from tests.contracts.vendure.world import MARKS, BackOffice, Shopper, entry

pytestmark = MARKS

_ENTRY = entry("http://127.0.0.1:1", api_key="k")
_LINEN, _LINEN_SKU = "7", "19"


def _read(push: PushRequest) -> ShopEvent:
    received = receive(_ENTRY, push)
    assert received is not None
    (event,) = received.events
    return event


async def test_a_purchase_is_pushed_with_its_order_and_its_stock(
    pushes: Inbox, chen: Shopper
) -> None:
    code = await chen.buy((_LINEN_SKU, 1))

    placed = _read(await pushes.first("order.placed", code))
    paid = _read(await pushes.first("payment.state", code))
    stock = _read(await pushes.first("stock", f'"product":"{_LINEN}"'))

    assert (placed.shop, placed.about, placed.subject_id) == ("vendure", Subject.ORDER, code)
    assert (paid.about, paid.subject_id, paid.order_no) == (Subject.ORDER, code, code)
    assert (stock.about, stock.subject_id) == (Subject.STOCK, _LINEN)
    assert len({placed.id, paid.id, stock.id}) == 3


async def test_sending_and_refunding_are_pushed_in_order(
    pushes: Inbox, chen: Shopper, office: BackOffice
) -> None:
    code = await chen.buy((_LINEN_SKU, 1))
    await office.send(code, "SF3000")
    refund = await office.refund(code, 100)
    await office.settle(refund)

    sent = _read(await pushes.first("fulfillment.state", code))
    begun = _read(await pushes.first("refund", code))
    settled = _read(await pushes.first("refund.state", code))

    assert (sent.about, sent.subject_id) == (Subject.ORDER, code)
    assert (begun.about, begun.subject_id, begun.order_no) == (Subject.REFUND, refund, code)
    assert (settled.subject_id, settled.order_no) == (refund, code)
    assert sent.version < begun.version < settled.version


async def test_a_forged_push_is_refused(pushes: Inbox, chen: Shopper) -> None:
    code = await chen.buy((_LINEN_SKU, 1))
    true = await pushes.first("order.placed", code)
    signature = true.headers["x-shop-hmac-sha256"]

    forged = [
        replace(true, body=true.body.replace(code.encode(), b"ANOTHERORDER")),
        replace(true, headers={"x-shop-hmac-sha256": signature[::-1]}),
        replace(true, headers={"x-shop-hmac-sha256": "仿冒"}),
        replace(true, headers={}),
    ]

    for each in forged:
        with pytest.raises(ForgedPush):
            receive(_ENTRY, each)
