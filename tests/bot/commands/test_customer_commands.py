"""/customer and /coupon: who somebody is, and what may be given to them."""

from dataclasses import replace

import pytest

from desk.conversations.outgoing import IssueCoupon
from desk.coupons.commands import SettleGrant
from desk.coupons.gifts import giver
from desk.kernel.ids import CustomerId, derived
from desk.kernel.messages import phrase
from desk.shops.powers import CouponIssue, IssuedCoupon
from tests.bot.commands.room import BUYER, ORDER_NO, Room
from tests.desk.work.house import CHAT, DELAYED, LELE, MIMI, heard, told
from tests.fakes.staff import AMEI, XIAOLU

NUMBER = "T-20261121-0001"
CARD = (
    "咪咪妈（wm-mimi）\n"
    "账户：\n"
    "· 有赞商城（平台会员绑定，昨天 12:00）\n"
    "近 90 天订单：\n"
    f"· 有赞商城 {ORDER_NO} 软底学步鞋，已发货（11月18日 12:00 下单）\n"
    "未完成工单：\n"
    f"· {NUMBER} 物流问题，今天 14:00 截止\n"
    "优惠券：\n"
    "· 没有"
)


async def test_a_customer_is_found_by_ticket_id_and_nickname(room: Room) -> None:
    await room.open()
    for word in ("1", "wm-mimi", "咪咪"):
        assert await room.hear(f"/顾客 {word}", AMEI) == CARD


async def test_a_customer_without_tickets_is_found_by_nickname(room: Room) -> None:
    assert (await room.hear("/顾客 乐乐", AMEI)).startswith("乐乐爸（wm-lele）\n")


async def test_several_of_one_name_are_told_apart(room: Room) -> None:
    await room.open()
    room.house.books.customers.kept[LELE.id] = replace(LELE, nickname="咪咪妈2")
    await room.open(replace(DELAYED, customer=LELE.id))
    assert await room.hear("/顾客 咪咪", AMEI) == (
        "叫“咪咪”的顾客不止一位：\n"
        "· 咪咪妈，今天 12:00 来过\n"
        "　wm-mimi\n"
        "· 咪咪妈2\n"
        "　wm-lele\n"
        "把昵称换成这里的顾客编号，再发一次。"
    )
    assert (await room.hear("/顾客 咪咪妈", AMEI)).startswith("咪咪妈（wm-mimi）\n")


async def test_of_many_of_one_name_the_first_five_are_shown(room: Room) -> None:
    for number in range(9):
        one = replace(LELE, id=CustomerId(derived("one", number)), nickname=f"小雨{number}")
        room.house.books.customers.kept[one.id] = one
    told = await room.hear("/顾客 小雨", AMEI)
    assert told.count("· 小雨") == 5
    assert "· 还有更多，昵称写全一点更好找\n" in told


async def test_coupons_are_listed_with_their_terms(room: Room) -> None:
    assert await room.hear("/优惠券", AMEI) == (
        "可以发的优惠券：\n"
        "· full-200-20：满200减20，有赞商城\n"
        "· sorry-10：10元无门槛券，有赞商城\n"
        "发券：/券 发 顾客 券编号"
    )


async def test_a_coupon_given_by_hand_goes_out_and_both_hear_of_it(room: Room) -> None:
    await room.open()
    bodies = await room.carry_out("/发券 give 1 sorry-10", AMEI)
    (grant,) = room.house.books.grants.kept.values()
    assert bodies[-1] == IssueCoupon(grant.id, "youzan-main", "9002", BUYER)
    assert giver(grant.subject) == "amei"
    settled = await room.house.do(SettleGrant(grant.id, IssuedCoupon(CouponIssue.ISSUED)))
    assert heard(settled)[0].key == "coupon.issued"
    assert told(settled, "amei") == (phrase("coupon.given.issued", title="10元无门槛券"),)


@pytest.mark.parametrize("who", ["咪咪", "wm-mimi", "咪 咪妈"])
async def test_a_customer_without_tickets_is_given_a_coupon_in_their_last_conversation(
    room: Room, who: str
) -> None:
    kept = room.house.books.customers.kept
    kept[MIMI.id] = replace(kept[MIMI.id], nickname="咪 咪妈" if " " in who else "咪咪妈")
    await room.carry_out(f"/发券 give {who} sorry-10", AMEI)
    (grant,) = room.house.books.grants.kept.values()
    assert (grant.customer, grant.conversation) == (MIMI.id, CHAT.id)


async def test_who_was_never_heard_cannot_be_told_of_a_coupon(room: Room) -> None:
    assert await room.hear("/发券 give 乐乐 sorry-10", AMEI) == (
        "这位顾客还没在微信客服里说过话，没法通知，券先不发。"
    )


async def test_the_giver_hears_that_the_customer_had_one_before(room: Room) -> None:
    await room.carry_out("/发券 give 咪咪 sorry-10", AMEI)
    (grant,) = room.house.books.grants.kept.values()
    settled = await room.house.do(SettleGrant(grant.id, IssuedCoupon(CouponIssue.ALREADY_HAS)))
    assert heard(settled)[0].key == "coupon.already_has"
    assert told(settled, "amei") == (phrase("coupon.given.held", title="10元无门槛券"),)


async def test_the_giver_hears_why_the_platform_refused(room: Room) -> None:
    await room.open()
    await room.carry_out("/发券 give 1 sorry-10", AMEI)
    (grant,) = room.house.books.grants.kept.values()
    refused = IssuedCoupon(CouponIssue.REFUSED, reason="活动已结束")
    settled = await room.house.do(SettleGrant(grant.id, refused))
    assert heard(settled) == ()
    assert told(settled, "amei")[0].params["reason"] == "活动已结束"


async def test_no_second_coupon_of_a_kind_on_one_day_whoever_gives_it(room: Room) -> None:
    await room.open()
    await room.carry_out("/发券 give 1 sorry-10", AMEI)
    assert await room.hear("/发券 give 1 sorry-10", XIAOLU) == (
        "优惠券“10元无门槛券”已经给这位顾客发过（今天 12:00，发放中），同一张券一天只发一次。"
    )


async def test_without_a_proven_account_nothing_can_be_given(room: Room) -> None:
    await room.open(replace(DELAYED, customer=LELE.id))
    assert await room.hear("/发券 give 1 sorry-10", AMEI) == (
        "这位顾客还没有关联有赞商城的账户，券发不进去。"
        "请顾客报一笔订单号和手机尾号，再请主管在 /顾客 里确认这条线索。"
    )
