"""/customer and /coupon: who somebody is, and what may be given to them."""

from dataclasses import replace

from desk.conversations.outgoing import IssueCoupon
from desk.coupons.commands import SettleGrant
from desk.coupons.gifts import giver
from desk.kernel.messages import phrase
from desk.shops.port import CouponIssue, IssuedCoupon
from tests.bot.commands.room import BUYER, ORDER_NO, Room
from tests.desk.work.house import DELAYED, LELE, heard, told
from tests.fakes.staff import AMEI, XIAOLU

NUMBER = "T-20261121-0001"
CARD = (
    "咪咪妈（wm-mimi）\n"
    "账户：\n"
    "· 有赞商城（订单号+手机尾号核实，昨天 12:00）\n"
    "近 90 天订单：\n"
    f"· 有赞商城 {ORDER_NO} 软底学步鞋，已发货（11月18日 12:00）\n"
    "未完成工单：\n"
    f"· {NUMBER} 物流问题，截止 今天 14:00\n"
    "优惠券：\n"
    "· 没有"
)


async def test_a_customer_is_found_by_ticket_id_and_nickname(room: Room) -> None:
    await room.open()
    for word in ("1", "wm-mimi", "咪咪"):
        assert await room.hear(f"/顾客 {word}", AMEI) == CARD


async def test_several_of_one_name_are_told_apart(room: Room) -> None:
    await room.open()
    room.house.books.customers.kept[LELE.id] = replace(LELE, nickname="咪咪妈2")
    await room.open(replace(DELAYED, customer=LELE.id))
    assert (await room.hear("/顾客 咪咪", AMEI)).startswith(
        "叫“咪咪”的不止一位：咪咪妈 wm-mimi、咪咪妈2 wm-lele。"
    )


async def test_coupons_are_listed_with_their_terms(room: Room) -> None:
    assert await room.hear("/优惠券", AMEI) == (
        "可以发的优惠券：\n"
        "· full-200-20 满200减20（满¥200减¥20，有赞商城）\n"
        "· sorry-10 10元无门槛券（无门槛减¥10，有赞商城）\n"
        "发券：/发券 give 工单号 券编号"
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
        "“10元无门槛券”今天已经给这位顾客发过（今天 12:00，发放中），不重复发。"
    )


async def test_without_a_proven_account_nothing_can_be_given(room: Room) -> None:
    await room.open(replace(DELAYED, customer=LELE.id))
    assert await room.hear("/发券 give 1 sorry-10", AMEI) == (
        "这位顾客还没核实有赞商城的账户，券发不进去。请顾客先报订单号和手机尾号核实。"
    )
