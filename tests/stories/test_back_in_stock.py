"""What customers wait for is told once it is back: to the first who asked, as far as it reaches."""

from tests.stories.world import World

SOLD_OUT = "1287450305"
NAME = "隔尿垫"


async def test_the_first_who_waits_hears_of_the_only_piece_and_the_second_of_the_next(
    own_world: World,
) -> None:
    first = await own_world.customer("先来的妈妈")
    second = await own_world.customer("后到的妈妈")
    told = await first.asks(f"{NAME}到货通知我", "记下了")
    assert "按登记先后" in told
    await second.asks(f"{NAME}到货通知我", "记下了")

    await own_world.shop("youzan", stock={"item": SOLD_OUT, "quantity": 1})
    await own_world.turn_clock(6 * 60)
    back = await first.hears("到货了")
    assert "有赞商城现在有 1 件" in back
    await second.hears_nothing_more()

    await own_world.shop("youzan", stock={"item": SOLD_OUT, "quantity": 2})
    await own_world.turn_clock(12 * 60)
    await second.hears("到货了")
    await first.hears_nothing_more()


async def test_who_takes_the_wish_back_hears_nothing(own_world: World) -> None:
    customer = await own_world.customer("不等了的妈妈")
    await customer.asks(f"{NAME}到货通知我", "记下了")
    await customer.asks("不用了", "到货提醒已取消")
    await own_world.shop("youzan", stock={"item": SOLD_OUT, "quantity": 5})
    await own_world.turn_clock(6 * 60)
    await customer.hears_nothing_more(4)
