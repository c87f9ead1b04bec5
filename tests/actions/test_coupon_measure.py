"""Coupons in measure: one a day, none in trouble with another and none after a complaint."""

from dataclasses import replace
from datetime import timedelta

from desk.coupons.commands import GrantCoupon
from tests.actions.chat import Chat
from tests.actions.goods import FULL, SORRY
from tests.actions.people import MIMI, STRANGER

SECOND = replace(FULL, id="full-500-60", platform_coupon_id="9003", title="满500减60")


def with_two() -> Chat:
    """A chat of a proven customer, with two coupons that could be given."""
    chat = Chat(MIMI)
    chat.use_policies(FULL, SECOND, SORRY)
    return chat


async def test_asking_again_and_again_brings_one_coupon_a_day() -> None:
    chat = with_two()
    await chat.says("有券吗", "coupon_query")
    assert len(chat.did(GrantCoupon)) == 1
    await chat.says("还有别的券吗", "coupon_query")
    assert chat.did(GrantCoupon) == []
    await chat.says("推车有吗", "stock_check", product="推车")
    assert chat.did(GrantCoupon) == []
    chat.clock.turn(timedelta(days=1, minutes=1))
    await chat.says("有券吗", "coupon_query")
    assert len(chat.did(GrantCoupon)) == 1


async def test_who_cannot_use_a_coupon_gets_no_other_one() -> None:
    chat = with_two()
    await chat.says("券用不了", "coupon_query")
    await chat.says("我有哪些券", "coupon_query")
    assert chat.did(GrantCoupon) == []


async def test_who_has_just_complained_is_given_no_coupon() -> None:
    chat = with_two()
    await chat.says("我要投诉你们", "complaint")
    read = await chat.says("推车有吗", "stock_check", product="推车")
    assert chat.did(GrantCoupon) == []
    assert not any("优惠券" in each for each in read)


async def test_nobody_is_told_of_a_coupon_after_a_complaint_either() -> None:
    chat = Chat(STRANGER)
    await chat.says("我要投诉你们", "complaint")
    read = await chat.says("推车有吗", "stock_check", product="推车")
    assert not any("优惠券" in each for each in read)
