"""A grant is one per customer, policy and subject; the customer hears once the platform spoke."""

import logging
from dataclasses import replace

import pytest

from bot.phrases import load_phrases
from desk.conversations.outgoing import IssueCoupon
from desk.coupons.commands import GrantCoupon, SettleGrant
from desk.coupons.events import CouponAlreadyHeld, CouponIssued
from desk.coupons.model import CouponPolicy, Grant, GrantState
from desk.coupons.wording import already_held, issued, terms
from desk.kernel.errors import DeskError
from desk.kernel.ids import GrantId, derived
from desk.kernel.messages import Phrase, phrase
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.shops.port import BuyerId
from desk.shops.powers import CouponIssue, IssuedCoupon
from tests.clocks import NOON
from tests.desk.work.house import CHAT, MIMI, House, heard

BOOK = PhraseBook(load_phrases())
BUYER = BuyerId("youzan-main", "yz-777")
FULL = GrantCoupon(MIMI.id, CHAT.id, "full-200-20", "2026-11-21", BUYER)
SORRY = GrantCoupon(MIMI.id, CHAT.id, "sorry-10", "E20261118102030000100001", BUYER)


def the_grant(house: House) -> Grant:
    (grant,) = house.books.grants.kept.values()
    return grant


async def test_a_grant_sends_the_platform_an_errand_and_tells_nobody_yet(house: House) -> None:
    bodies = await house.do(FULL)
    grant = the_grant(house)
    assert bodies == (IssueCoupon(grant.id, "youzan-main", "9001", BUYER),)
    assert grant.state is GrantState.ASKED


async def test_the_errand_does_not_hold_up_the_conversation(house: House) -> None:
    await house.do(FULL)
    assert house.entries[0].lane != str(CHAT.id)


async def test_the_same_grant_again_is_no_second_errand(house: House) -> None:
    await house.do(FULL)
    assert await house.do(FULL) == ()


async def test_issued_tells_what_it_is_worth_and_where_it_is(house: House) -> None:
    await house.do(FULL)
    bodies = await house.do(SettleGrant(the_grant(house).id, IssuedCoupon(CouponIssue.ISSUED)))
    assert heard(bodies) == (
        phrase(
            "coupon.issued",
            title="满200减20",
            terms="",
            where=phrase("coupon.where.account"),
        ),
    )
    assert the_grant(house).state is GrantState.ISSUED


async def test_a_code_is_shown_and_kept(house: House) -> None:
    await house.do(SORRY)
    issued = IssuedCoupon(CouponIssue.ISSUED, code="HB7788")
    bodies = await house.do(SettleGrant(the_grant(house).id, issued))
    assert heard(bodies) == (
        phrase(
            "coupon.issued",
            title="10元无门槛券",
            terms="",
            where=phrase("coupon.where.code", code="HB7788"),
        ),
    )
    assert the_grant(house).code == "HB7788"


async def test_a_buyer_who_had_it_hears_that(house: House) -> None:
    await house.do(FULL)
    held = IssuedCoupon(CouponIssue.ALREADY_HAS)
    (said,) = heard(await house.do(SettleGrant(the_grant(house).id, held)))
    assert said.key == "coupon.already_has"


async def test_a_refusal_says_nothing_to_the_customer_and_is_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.do(FULL)
    refused = IssuedCoupon(CouponIssue.REFUSED, reason="activity_over")
    with caplog.at_level(logging.WARNING, logger="desk"):
        bodies = await house.do(SettleGrant(the_grant(house).id, refused))
    assert bodies == ()
    assert the_grant(house).state is GrantState.REFUSED
    assert [record.message for record in caplog.records] == ["coupon.refused"]


async def test_an_answer_that_comes_twice_is_told_once(house: House) -> None:
    await house.do(FULL)
    issued = SettleGrant(the_grant(house).id, IssuedCoupon(CouponIssue.ISSUED))
    await house.do(issued)
    assert await house.do(issued) == ()


async def test_a_policy_that_does_not_exist_is_an_error(house: House) -> None:
    with pytest.raises(DeskError) as caught:
        await house.do(GrantCoupon(MIMI.id, CHAT.id, "full-9-9", "x", BUYER))
    assert caught.value.code == "coupon.unknown_policy"


@pytest.mark.parametrize(
    ("title", "threshold", "value", "told"),
    [
        ("满200减20", 20000, 2000, ""),
        ("双11满500立减60.5元", 50000, 6050, ""),
        ("10元无门槛券", 0, 1000, ""),
        ("新客礼券", 0, 1000, "（无门槛减¥10）"),
        ("10元券", 0, 1000, "（无门槛减¥10）"),
        ("立减20元", 20000, 2000, "（满¥200减¥20）"),
        ("满200减20", 20000, 2500, "（满¥200减¥25）"),
        ("满1200减20", 20000, 2000, "（满¥200减¥20）"),
    ],
)
def test_terms_are_told_where_the_title_does_not_say_them(
    title: str, threshold: int, value: int, told: str
) -> None:
    policy = CouponPolicy("p", "s", "1", title, Fen(threshold), Fen(value), ())
    found = terms(policy)
    assert (BOOK.render(found, NOON) if isinstance(found, Phrase) else found) == told


GIVEN = Grant(
    GrantId(derived("grant")), MIMI.id, CHAT.id, "p", "x", BUYER, GrantState.ISSUED, "", NOON
)
GIFT = CouponPolicy("p", "s", "1", "新客礼券", Fen(10000), Fen(1000), ())


@pytest.mark.parametrize(
    ("code", "link", "read"),
    [
        ("", "", "已在您的店铺账户里，下单时选上就能用。"),
        ("HB7788", "", "下单时填上券码就能用：\nHB7788"),
        ("", "https://shop.example/c/1", "点开就能用：\nhttps://shop.example/c/1"),
    ],
)
def test_a_coupon_is_told_with_one_next_step_and_its_code_on_a_line_of_its_own(
    code: str, link: str, read: str
) -> None:
    grant, policy = replace(GIVEN, code=code), replace(GIFT, link=link)
    (now,), (before,) = (
        issued(CouponIssued(grant, policy)),
        already_held(CouponAlreadyHeld(grant, policy)),
    )
    assert BOOK.render(now.say.phrase, NOON) == f"送您一张优惠券“新客礼券”（满¥100减¥10），{read}"
    assert BOOK.render(before.say.phrase, NOON) == (
        f"优惠券“新客礼券”（满¥100减¥10）您之前领过，{read}"
    )
