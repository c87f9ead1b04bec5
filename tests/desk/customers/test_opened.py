"""What proofs open, how numbers are written, and how phones are recognised without being read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.customers.model import ProvenOrder
from desk.customers.opened import PROOF_HOLDS, opened, plain_number
from desk.customers.phones import phone_hash
from desk.kernel.ids import ConversationId, derived
from desk.shops.port import BuyerId
from tests.clocks import NOON

HERE, ELSEWHERE = (ConversationId(derived("talk", n)) for n in range(2))
BUYER = BuyerId("youzan-main", "yz-1")
FIRST = ProvenOrder(HERE, "youzan-main", "E1", BUYER, NOON + PROOF_HOLDS)
SECOND = replace(FIRST, order_no="E2")
KEY = b"a key of the merchant"


def test_a_proof_opens_its_order_and_not_its_buyer() -> None:
    found = opened((FIRST,), HERE, NOON)
    assert found.orders == {("youzan-main", "E1")}
    assert found.buyers == ()


@pytest.mark.parametrize(
    "second",
    [
        replace(SECOND, conversation=ELSEWHERE),
        replace(SECOND, until=NOON),
        replace(SECOND, order_no="E1"),
        replace(SECOND, buyer=None),
        replace(SECOND, buyer=BuyerId("tmall", "yz-1")),
    ],
    ids=["elsewhere", "expired", "the same", "hidden", "of another shop"],
)
def test_only_two_open_orders_of_one_buyer_open_the_buyer(second: ProvenOrder) -> None:
    assert opened((FIRST, SECOND), HERE, NOON).buyers == (BUYER,)
    assert opened((FIRST, second), HERE, NOON).buyers == ()


def test_a_proof_ends_at_its_moment() -> None:
    end = FIRST.until
    assert opened((FIRST,), HERE, end - timedelta(seconds=1)).orders
    assert not opened((FIRST,), HERE, end).orders


@pytest.mark.parametrize(
    "written", ["ｅ２０２６", " e2026 ", "E2 026", "E2０26", "#E2026", "＃ e2026"]
)
def test_a_number_is_one_number_however_it_is_written(written: str) -> None:
    assert plain_number(written) == "E2026"


@pytest.mark.parametrize("written", ["138 1234 5678", "+86 138-1234-5678", "１３８12345678"])
def test_a_phone_is_one_phone_however_it_is_written(written: str) -> None:
    assert phone_hash(written, KEY) == phone_hash("13812345678", KEY) != ""


def test_a_hash_tells_nothing_without_its_key() -> None:
    known = phone_hash("13812345678", KEY)
    assert "1381234" not in known
    assert known not in (phone_hash("13812345678", b"another"), phone_hash("13812345679", KEY))


@pytest.mark.parametrize("written", ["", "12345678901", "021-12345678", "138123456789", "尾号5678"])
def test_what_is_no_mobile_number_has_no_hash(written: str) -> None:
    assert phone_hash(written, KEY) == ""


def test_without_a_key_nothing_is_hashed() -> None:
    assert phone_hash("13812345678", b"") == ""
