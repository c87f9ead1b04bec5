"""The fake WeChat Store lets in and refuses as the real gateway does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from tests.sandbox.shops_world import at, rows
from tests.sandbox.wechat_store_world import WechatWorld, open_wechat_store

ITEM = "10000271850101"


@pytest.fixture
async def world() -> AsyncIterator[WechatWorld]:
    async with open_wechat_store() as opened:
        yield opened


async def product(world: WechatWorld) -> object:
    return await world.code("product/get", product_id=ITEM)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"grant_type": "authorization_code"}, 40002),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": "guessed"}, 40125),
        ({"scope": "all"}, 40097),
    ],
)
async def test_a_token_is_for_who_knows_the_secret(
    world: WechatWorld, wrong: dict[str, str], code: int
) -> None:
    answer = await world.sign_in(wrong=wrong)

    assert at(answer, "errcode") == code
    assert "rid: " in str(at(answer, "errmsg"))


async def test_a_token_stays_the_same_until_its_last_five_minutes(world: WechatWorld) -> None:
    assert at(await world.sign_in(), "expires_in") == 7200
    first = world.token
    world.clock.turn(timedelta(minutes=114))
    answer = await world.sign_in()
    assert (world.token, at(answer, "expires_in")) == (first, 360)

    world.clock.turn(timedelta(minutes=116))
    await world.sign_in()
    second = world.token
    assert second != first
    assert await product(world) == 0
    world.token = first
    assert await product(world) == 0

    world.clock.turn(timedelta(minutes=121))
    assert await product(world) == 42001
    world.token = second
    assert await product(world) == 0


async def test_a_forced_token_ends_the_one_before_at_once(world: WechatWorld) -> None:
    await world.sign_in()
    first = world.token
    await world.sign_in(force=True)
    second = world.token

    assert await product(world) == 0
    world.token = first
    assert await product(world) == 40001
    await world.sign_in(force=True)
    assert world.token == second


async def test_forcing_works_twenty_times_a_day(world: WechatWorld) -> None:
    for place in range(20):
        world.clock.turn(timedelta(seconds=31 * place))
        assert "access_token" in str(await world.sign_in(force=True))
    world.clock.turn(timedelta(minutes=20))

    assert at(await world.sign_in(force=True), "errcode") == 45009
    world.clock.turn(timedelta(days=1, minutes=11))
    assert "access_token" in str(await world.sign_in(force=True))


@pytest.mark.parametrize(
    ("query", "code"), [("", 41001), ("?access_token=", 41001), ("?access_token=made-up", 40001)]
)
async def test_nobody_gets_in_without_a_token(world: WechatWorld, query: str, code: int) -> None:
    answer = await world.post(f"/channels/ec/product/get{query}", {"product_id": ITEM})

    assert at(answer, "errcode") == code


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/channels/ec/no/such/thing", 40066),
        ("GET", "/channels/ec/product/get", 43002),
        ("POST", "/channels/ec/basics/info/get", 43001),
        ("GET", "/channels/ec/basics/info/get", 41001),
        ("GET", "/cgi-bin/stable_token", 43002),
    ],
)
async def test_each_interface_is_asked_its_own_way(
    world: WechatWorld, method: str, path: str, code: int
) -> None:
    async with world.client.request(method, f"/wechat_store{path}") as response:
        assert at(await response.json(), "errcode") == code


@pytest.mark.parametrize(
    ("body", "code"), [(b"", 44002), (b"product_id=1", 47001), (b"[]", 47001), (b"{}", 40097)]
)
async def test_the_body_is_a_json_object(world: WechatWorld, body: bytes, code: int) -> None:
    await world.sign_in()
    path = f"/wechat_store/channels/ec/product/get?access_token={world.token}"
    async with world.client.post(path, data=body) as response:
        assert at(await response.json(), "errcode") == code


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("product/get", {"product_id": int(ITEM)}),
        ("product/get", {"product_id": ITEM, "data_type": 4}),
        ("product/get", {"product_id": ITEM, "data_type": "1"}),
        ("product/get", {"product_id": ITEM, "fields": "title"}),
        ("product/list/get", {"status": 5}),
        ("product/list/get", {"page_size": 31}),
        ("product/list/get", {"page_size": 0}),
        ("product/list/get", {"page_size": 10, "title": "学步鞋"}),
        ("product/list/get", {"page_size": 10, "next_key": "made-up"}),
        ("product/stock/batchget", {"product_id": ITEM}),
        ("product/stock/batchget", {"product_id": []}),
        ("order/get", {"order_id": 3737401822650113024}),
        ("order/get", {"order_id": "3737401822650113024", "encode_sensitive_info": "true"}),
        ("vip/user/info/get", {}),
        ("vip/user/list/get", {"page_num": 0, "page_size": 10}),
    ],
)
async def test_parameters_are_of_their_documented_types(
    world: WechatWorld, path: str, params: dict[str, object]
) -> None:
    assert await world.code(path, **params) == 40097


async def test_the_rate_limit_refuses_until_the_next_minute(world: WechatWorld) -> None:
    await world.sign_in()
    await world.control(rate_limit=2)
    into_the_minute = timedelta(
        seconds=world.clock.now().second, microseconds=world.clock.now().microsecond
    )
    start = timedelta(minutes=1) - into_the_minute
    world.clock.turn(start)

    assert [await product(world) for _ in range(3)] == [0, 0, 45011]
    world.clock.turn(start + timedelta(seconds=59))
    assert await product(world) == 45011
    world.clock.turn(start + timedelta(seconds=60))
    assert await product(world) == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("server", -1),
        ("rate_limit", 45011),
        ("permission", 48001),
        ("ip", 61004),
        ("too_much", 31042),
        ({"errcode": 606001, "errmsg": "系统开小差"}, 606001),
    ],
)
async def test_a_planned_failure_is_used_up(world: WechatWorld, error: object, code: int) -> None:
    await world.control(fail={"method": "product/get", "times": 1, "error": error})

    assert [await product(world) for _ in range(2)] == [code, 0]


async def test_an_expired_token_is_told_and_a_new_one_works(world: WechatWorld) -> None:
    await world.sign_in()
    await world.control(expire_token=True)
    assert await product(world) == 42001

    await world.sign_in()
    assert await product(world) == 0


async def test_a_broken_body_ends_in_the_middle_and_a_shop_that_is_down_drops_the_connection(
    world: WechatWorld,
) -> None:
    await world.sign_in()
    await world.control(break_body=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await product(world)
    await world.control(down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await product(world)
    await world.control(down=False)
    assert await product(world) == 0


async def test_reset_brings_back_the_seeds_and_forgets_tokens(world: WechatWorld) -> None:
    async def left() -> object:
        answer = await world.call("product/get", product_id=ITEM)
        return at(answer, "product", "skus", 2, "stock_num")

    before = await left()
    await world.control(stock={"item": ITEM, "sku": 2573386024, "quantity": 99})
    assert await left() == 99

    await world.control(reset=True)
    assert await product(world) == 40001
    await world.sign_in()
    assert await left() == before


async def test_products_come_as_ids_in_pages_of_at_most_thirty(world: WechatWorld) -> None:
    first = await world.call("product/list/get", status=5, page_size=20)
    cursor = at(first, "next_key")
    second = await world.call("product/list/get", status=5, page_size=20, next_key=cursor)

    ids = [*_ids(first), *_ids(second)]
    assert len(set(ids)) == len(ids) == at(first, "total_num") == 28
    assert all(isinstance(number, str) for number in ids)
    assert _ids(await world.call("product/list/get", status=11, page_size=20)) == []


def _ids(answer: object) -> list[object]:
    found = at(answer, "product_ids")
    assert isinstance(found, list)
    return found


async def test_a_product_has_its_skus_in_fen_and_its_page_has_an_address(
    world: WechatWorld,
) -> None:
    skus = rows(await world.call("product/get", product_id=ITEM), "product", "skus")
    assert len(skus) == 18
    assert {sku["sale_price"] for sku in skus} == {16900}
    assert any(sku["stock_num"] == 0 for sku in skus)

    url = str(at(await world.call("product/h5url/get", product_id=ITEM), "product_h5url"))
    async with world.client.session.get(url) as response:
        assert response.status == 200
        assert "学步鞋" in await response.text()


async def test_stock_is_told_by_sku_and_by_batch(world: WechatWorld) -> None:
    batch = await world.call("product/stock/batchget", product_id=[ITEM, "999"])
    (spu,) = rows(batch, "data", "spu_stock_list")
    sku = rows(spu, "sku_stock")[2]
    one = await world.call("product/stock/get", product_id=ITEM, sku_id=sku["sku_id"])

    assert at(one, "data", "normal_stock_num") == sku["normal_stock_num"] == 7
    assert sku["total_stock_num"] == 7 + 5
    assert sku["warehouse_stocks"] == []
    assert await world.code("product/stock/get", product_id=ITEM, sku_id="1") == 10020052
    assert await world.code("product/get", product_id="999") == 10020052


async def test_bulky_goods_lie_in_regional_warehouses(world: WechatWorld) -> None:
    batch = await world.call("product/stock/batchget", product_id=["10000271850301"])
    first = rows(batch, "data", "spu_stock_list", 0, "sku_stock")[0]

    assert first["normal_stock_num"] == 0
    near, far = rows(first, "warehouse_stocks")
    assert (near["num"], near["lock_stock"], far["num"]) == (31, 1, 14)
    name = await world.call("warehouse/get", out_warehouse_id=near["out_warehouse_id"])
    assert at(name, "data", "name") == "杭州萧山仓"
    assert await world.code("warehouse/get", out_warehouse_id="XX") == 10020201


async def test_an_unknown_wish_is_refused(world: WechatWorld) -> None:
    async with world.client.post("/wechat_store/_control", json={"explode": 1}) as response:
        assert response.status == 400
