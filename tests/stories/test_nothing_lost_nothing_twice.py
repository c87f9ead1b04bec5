"""Duplicates, bursts, faults of WeCom: each message is answered, and answered once."""

from collections import Counter

from tests.stories.world import Customer, World, text_of


def bot_said(customer: Customer) -> str:
    """All that the bot has said to a customer."""
    return "\n".join(text_of(line) for line in customer.lines if line["sender"] == "bot")


async def test_a_callback_delivered_three_times_is_answered_once(world: World) -> None:
    await world.faults(callbacks={"copies": 3, "shuffle_ms": 200})
    customer = await world.customer()
    await customer.asks("你好", "掌柜")
    await customer.hears_nothing_more()
    amei = await world.member("amei")
    await amei.asks("/whoami", "阿美")
    await amei.hears_nothing_more()


async def test_messages_within_a_moment_are_read_as_one_and_answered_once(world: World) -> None:
    customer = await world.customer()
    await customer.says("你好")
    await customer.says("想问一下")
    await customer.says("附近门店")
    await customer.hears("徐家汇店")
    await customer.hears_nothing_more()


async def test_two_wishes_in_one_breath_are_both_answered(world: World) -> None:
    customer = await world.customer()
    await customer.says("学步鞋有货吗？另外你们徐家汇店几点关门")
    await customer.hears("天猫旗舰店")
    if "徐家汇店" not in bot_said(customer):
        await customer.hears("徐家汇店")


async def test_a_lost_doorbell_is_made_up_for_by_the_next_one(world: World) -> None:
    await world.faults(callbacks={"drop_doorbells": 1})
    customer = await world.customer()
    await customer.says("附近门店")
    await customer.says("有优惠券吗")
    await customer.hears("徐家汇店")
    assert "满200减20" in bot_said(customer)


async def test_a_reply_whose_answer_was_lost_reaches_the_customer_once(world: World) -> None:
    await world.faults(rules=[{"path": "kf/send_msg", "kind": "lose_response", "count": 1}])
    customer = await world.customer()
    await customer.says("附近门店")
    await customer.hears("徐家汇店")
    await customer.hears_nothing_more(4)


async def test_an_expired_token_is_renewed_without_anybody_noticing(world: World) -> None:
    for action in ("expire", "forget"):
        answer = await world.control.post("/sandbox/tokens", json={"action": action})
        assert answer.status == 200
        customer = await world.customer()
        await customer.asks("附近门店", "徐家汇店")


async def test_a_burst_of_customers_is_answered_each_once(world: World) -> None:
    customers = [await world.customer(f"顾客{number}") for number in range(30)]
    for customer in customers:
        await customer.says("附近门店")
    counts: Counter[int] = Counter()
    for customer in customers:
        await customer.hears("徐家汇店", patience=30)
        counts[len(await customer.next_lines(1, 0.2))] += 1
    assert counts == {0: 30}


async def test_what_a_shop_does_not_answer_does_not_delay_the_other(world: World) -> None:
    await world.shop("taobao", slow_ms=5000)
    try:
        customer = await world.customer()
        stock = await customer.asks("安全座椅有货吗", "有赞商城")
        assert "天猫旗舰店" in stock
    finally:
        await world.shop("taobao", slow_ms=0)
