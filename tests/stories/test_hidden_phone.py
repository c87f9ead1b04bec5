"""A customer of a platform that hides phones proves an order by what was paid."""

from tests.stories.world import World

SHOES = "261118-093512447180026"
"""拼多多: two pairs for 338 yuan, 10 off."""
PARCEL = "78612004471893"


async def test_a_pinduoduo_order_is_opened_by_the_amount_and_not_by_the_phone(
    world: World,
) -> None:
    customer = await world.customer("拼多多买家")
    await customer.asks("我在拼多多买的鞋子到哪了", "订单号")
    asked = await customer.asks(SHOES, "实付金额")
    assert "后四位" not in asked
    refused = await customer.asks("6348", "订单号")
    assert PARCEL not in refused
    asked = await customer.asks("２６１１１８－０９３５１２４４７１８００２６", "实付金额")
    assert "中通" not in asked
    told = await customer.asks("三百二十八", PARCEL)
    assert "无锡" in told


async def test_who_does_not_know_the_amount_is_helped_by_a_person(world: World) -> None:
    customer = await world.customer("忘了付多少")
    await customer.asks(f"{SHOES}到哪了", "实付金额")
    await customer.asks("不记得了", "买的是什么")
    told = await customer.asks("学步鞋，18号买的", "同事")
    assert PARCEL not in told
    assert "T-" in told
