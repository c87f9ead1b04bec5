"""The fake Youzan lets in and refuses as the real gateway does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from tests.sandbox.shops_world import World, at, open_world

ITEM = {"item_id": "1287450101"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


async def detail(world: World) -> object:
    return await world.youzan("youzan.item.detail.get", "1.0.2", **ITEM)


def gateway_code(answer: object) -> object:
    return at(answer, "gw_err_resp", "err_code")


async def test_a_token_lives_seven_days_by_the_fake_clock(world: World) -> None:
    await world.sign_in()
    world.clock.turn(timedelta(days=6, hours=23))
    assert at(await detail(world), "success") is True
    world.clock.turn(timedelta(days=7, minutes=1))
    assert gateway_code(await detail(world)) == 4202


async def test_the_end_of_a_token_is_told_in_absolute_milliseconds(world: World) -> None:
    expires = at(await world.sign_in(), "data", "expires")
    assert isinstance(expires, int)
    left = expires / 1000 - world.clock.now().timestamp()
    assert timedelta(days=7).total_seconds() - left < 5


async def test_asking_again_gives_the_same_token_until_refresh_is_asked(world: World) -> None:
    await world.sign_in()
    first = world.token
    await world.sign_in()
    assert world.token == first
    answer = await world.sign_in(refresh=True)
    assert world.token != first
    assert at(answer, "data", "refresh_token")


async def test_a_refresh_token_works_once(world: World) -> None:
    answer = await world.sign_in(refresh=True)
    asked = {
        "client_id": world.keys.client_id,
        "client_secret": world.keys.client_secret,
        "authorize_type": "refresh_token",
        "refresh_token": at(answer, "data", "refresh_token"),
    }
    assert at(await world.post("/youzan/auth/token", asked), "success") is True
    assert at(await world.post("/youzan/auth/token", asked), "code") == 1004


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"client_id": "other"}, 1103),
        ({"client_secret": "wrong"}, 1000),
        ({"grant_id": "1"}, 1103),
        ({"authorize_type": "password"}, 1105),
    ],
)
async def test_a_wrong_credential_is_named_by_its_code(
    world: World, wrong: dict[str, str], code: int
) -> None:
    right = {
        "client_id": world.keys.client_id,
        "client_secret": world.keys.client_secret,
        "authorize_type": "silent",
        "grant_id": str(world.keys.kdt_id),
    }
    answer = await world.post("/youzan/auth/token", right | wrong)
    assert (at(answer, "success"), at(answer, "code")) == (False, code)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("youzan.item.detail.get/1.0.2", 4201),
        ("youzan.item.detail.get/1.0.2?access_token=made-up", 4203),
        ("youzan.item.detail.get/9.9.9?access_token=made-up", 4005),
        ("youzan.no.such.thing/1.0.0", 4005),
        ("youzan.item.detail.get", 4001),
    ],
)
async def test_the_gateway_refuses_in_its_own_order_and_with_http_200(
    world: World, path: str, code: int
) -> None:
    async with world.client.post(f"/youzan/api/{path}", json=ITEM) as response:
        assert response.status == 200
        assert gateway_code(await response.json()) == code


async def test_a_form_instead_of_json_is_a_wrong_posture(world: World) -> None:
    await world.sign_in()
    path = f"/youzan/api/youzan.item.detail.get/1.0.2?access_token={world.token}"
    async with world.client.post(path, data=ITEM) as response:
        assert gateway_code(await response.json()) == 4007


async def test_a_missing_parameter_is_a_business_error_in_the_apis_envelope(world: World) -> None:
    modern = await world.youzan("youzan.item.detail.get", "1.0.2")
    assert (at(modern, "success"), at(modern, "code"), at(modern, "data")) == (False, 101, None)
    old = await world.youzan("youzan.logistics.goodsexpress.get", "3.0.0")
    assert at(old, "error_response", "code") == 101
    quoted = await world.youzan("youzan.trade.refund.get", "3.0.1")
    assert at(quoted, "code") == "101"


async def test_success_comes_in_three_envelopes(world: World) -> None:
    modern = await detail(world)
    assert at(modern, "code") == 200
    old = await world.youzan("youzan.items.onsale.get", "3.0.0")
    assert isinstance(old, dict)
    assert list(old) == ["response"]
    quoted = await world.youzan("youzan.trade.refund.search", "3.0.1")
    assert at(quoted, "code") == "200"


async def test_the_rate_limit_refuses_and_a_second_later_lets_in(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", rate_limit=2)
    answers = [await detail(world) for _ in range(3)]
    assert [at(answer, "success") for answer in answers[:2]] == [True, True]
    assert gateway_code(answers[2]) == 4101
    world.clock.turn(timedelta(seconds=2))
    assert at(await detail(world), "success") is True


async def test_a_clock_turned_back_does_not_keep_the_limit_shut(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", rate_limit=1)
    world.clock.turn(timedelta(hours=1))
    await detail(world)
    world.clock.turn(timedelta(0))
    assert at(await detail(world), "success") is True


async def test_a_planned_failure_is_used_up(world: World) -> None:
    await world.control(
        "youzan", fail={"method": "youzan.item.detail.get", "times": 2, "error": "server"}
    )
    codes = [gateway_code(await detail(world)) for _ in range(2)]
    assert codes == [5001, 5001]
    assert at(await detail(world), "success") is True


async def test_a_planned_business_failure_keeps_its_code_and_words(world: World) -> None:
    await world.control("youzan", fail={"error": {"code": 777, "msg": "系统开小差"}})
    answer = await detail(world)
    assert (at(answer, "code"), at(answer, "message")) == (777, "系统开小差")


async def test_an_expired_token_is_told_and_a_new_one_works(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", expire_token=True)
    assert gateway_code(await detail(world)) == 4202
    await world.sign_in()
    assert at(await detail(world), "success") is True


async def test_a_broken_body_ends_in_the_middle(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", break_body=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await detail(world)
    assert at(await detail(world), "success") is True


async def test_a_shop_that_is_down_drops_the_connection(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await detail(world)
    await world.control("youzan", down=False)
    assert at(await detail(world), "success") is True


async def test_reset_brings_back_the_seeds_and_forgets_tokens(world: World) -> None:
    await world.sign_in()
    await world.control("youzan", stock={"item": "1287450503", "quantity": 0})
    assert (
        at(
            await world.youzan("youzan.item.detail.get", "1.0.2", item_id=1287450503),
            "data",
            "quantity",
        )
        == 0
    )
    await world.control("youzan", reset=True)
    assert gateway_code(await detail(world)) == 4203
    await world.sign_in()
    assert (
        at(
            await world.youzan("youzan.item.detail.get", "1.0.2", item_id=1287450503),
            "data",
            "quantity",
        )
        == 13
    )


async def test_an_unknown_wish_is_refused(world: World) -> None:
    async with world.client.post("/youzan/_control", json={"explode": 1}) as response:
        assert response.status == 400
    wish = {"stock": {"item": "1", "quantity": 1}}
    async with world.client.post("/youzan/_control", json=wish) as response:
        assert response.status == 404
