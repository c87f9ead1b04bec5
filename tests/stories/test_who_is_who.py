"""Two people know an order; a supervisor says who the buyer is, and takes back what was wrong."""

import re

from tests.stories.world import World, eventually

ORDER, OTHER_ORDER, TAIL = "E20261119210940019500096", "E20261120083015019500089", "3071"
PARCEL = "78611887304422"


async def test_a_friend_and_the_buyer_both_see_the_order_and_staff_say_who_is_who(
    world: World,
) -> None:
    friend, buyer = await world.customer("取件的朋友"), await world.customer("孙莉本人")
    for customer in (friend, buyer):
        await customer.asks(f"{ORDER} 到哪了", "后四位")
        await customer.asks(TAIL, PARCEL)
    await friend.asks(f"那 {OTHER_ORDER} 呢", "后四位")

    amei, fangjie = await world.member("amei"), await world.member("fangjie")

    async def is_suggested() -> bool:
        return "线索：" in await amei.asks("/顾客 孙莉本人", "孙莉本人")

    await eventually(is_suggested)
    number = re.search(r"· (\d+)：可能是", await amei.asks("/顾客 孙莉本人", "线索"))
    assert number is not None
    await amei.asks(f"/顾客 确认 {number[1]}", "主管")
    await fangjie.asks(f"/顾客 确认 {number[1]}", "归到这位顾客名下")
    told = await buyer.asks(f"{OTHER_ORDER} 到哪了", "爬爬垫")
    assert "后四位" not in told
    assert "方姐确认" in await amei.asks("/顾客 孙莉本人", "方姐确认")
    stream = await amei.asks("/顾客 孙莉本人 时间线", "的时间线")
    assert "说：" in stream
    assert TAIL in stream or "到哪了" in stream


async def test_two_customers_are_merged_and_split_again_by_a_supervisor(world: World) -> None:
    for nickname in ("双号甲", "双号乙"):
        customer = await world.customer(nickname)
        await customer.asks("附近门店", "徐家汇店")
    fangjie = await world.member("fangjie")

    async def is_named() -> bool:
        return "双号乙（" in await fangjie.asks("/顾客 双号乙", "双号")

    await eventually(is_named)
    await fangjie.asks("/顾客 合并 双号甲 双号乙 同一个手机", "已合并")
    assert "另一个微信" in await fangjie.asks("/顾客 双号甲", "双号甲（")
    await fangjie.asks("/顾客 拆分 双号甲", "已拆开")
    await fangjie.asks("/顾客 不是同一人 双号甲 双号乙", "以后不会合并")
    await fangjie.asks("/顾客 合并 双号甲 双号乙", "没有合并")
