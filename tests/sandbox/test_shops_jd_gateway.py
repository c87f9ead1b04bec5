"""The fake JD lets in and refuses as the real gateway does."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.shops.jd.grants import LIFE, MOST_A_MONTH, Grant, Grants, NotRefreshed
from sandbox.shops.jd.signing import sign
from tests.sandbox.jd_caller import KEYS, ask, code, form_of, refused, send, sign_of
from tests.sandbox.shops_world import World, at, beijing, open_world, rows

VECTORS = Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json"
METHOD = "jingdong.sku.read.searchSkuList"
ASKED = {"wareId": "10028475015", "pageNo": 1, "page_size": 5, "field": "wareTitle"}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world() as opened:
        yield opened


async def refresh(world: World, **changed: str) -> object:
    query = {
        "app_key": KEYS.app_key,
        "app_secret": KEYS.app_secret,
        "grant_type": "refresh_token",
        "refresh_token": KEYS.refresh_token,
        **changed,
    }
    async with world.client.get("/jd/oauth2/refresh_token", params=query) as response:
        answer: object = await response.json()
        return answer


def test_every_known_signature_is_reproduced() -> None:
    cases = json.loads(VECTORS.read_text())["jd_jos"]["cases"]
    assert len(cases) == 5
    for case in cases:
        assert sign(case["params"], case["secret"]) == case["sign"], case["name"]


async def test_a_right_form_is_answered_in_a_wrapper_spelt_responce(world: World) -> None:
    answer = await send(world, form_of(world, METHOD, ASKED))
    inside = at(answer, "jingdong_sku_read_searchSkuList_responce")
    assert at(inside, "code") == "0"
    assert at(inside, "page", "data", 0, "wareTitle") == "谷满满婴儿小面条 无盐 三盒装"


async def test_a_query_is_taken_as_well_as_a_form(world: World) -> None:
    async with world.client.get("/jd/routerjson", params=form_of(world, METHOD, ASKED)) as reply:
        assert at(await reply.json(), "jingdong_sku_read_searchSkuList_responce", "page")


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("v", "4"),
        ("timestamp", "7"),
        ("sign", "11"),
        ("method", "14"),
        ("access_token", "18"),
        ("app_key", "20"),
        ("360buy_param_json", "43"),
    ],
)
async def test_what_is_missing_has_its_own_code(world: World, left_out: str, expected: str) -> None:
    form = form_of(world, METHOD, ASKED)
    del form[left_out]
    if left_out != "sign":
        form["sign"] = sign_of(form)
    assert code(await send(world, form)) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"v": "1.0"}, "5"),
        ({"timestamp": "2026-11-21T20:00:00"}, "8"),
        ({"method": "jingdong.no.such.thing"}, "15"),
        ({"access_token": "stolen"}, "19"),
        ({"app_key": "1"}, "21"),
        ({"360buy_param_json": "{"}, "43"),
        ({"360buy_param_json": "[]"}, "43"),
    ],
)
async def test_what_is_wrong_has_its_own_code(
    world: World, wrong: dict[str, str], expected: str
) -> None:
    assert code(await send(world, form_of(world, METHOD, ASKED, **wrong))) == expected


@pytest.mark.parametrize("changed", ["360buy_param_json", "access_token", "timestamp"])
async def test_a_changed_parameter_breaks_the_signature(world: World, changed: str) -> None:
    form = form_of(world, METHOD, ASKED)
    form[changed] = beijing(world.clock.now() + timedelta(seconds=9))
    assert code(await send(world, form)) == "12"


async def test_a_signature_in_lower_case_or_by_sha256_is_wrong(world: World) -> None:
    form = form_of(world, METHOD, ASKED)
    assert code(await send(world, form | {"sign": form["sign"].lower()})) == "12"


@pytest.mark.parametrize(("minutes", "let_in"), [(-5, True), (5, True), (-7, False), (7, False)])
async def test_the_timestamp_may_be_six_minutes_off(
    world: World, minutes: int, let_in: bool
) -> None:
    stamp = beijing(world.clock.now() + timedelta(minutes=minutes))
    answer = await send(world, form_of(world, METHOD, ASKED, timestamp=stamp))
    assert ("responce" in str(answer)) is let_in


@pytest.mark.parametrize(
    "params",
    [
        {"wareQuery": {"pageNo": 1}},
        {"venderId": "10477213"},
        {"pin": "somebody"},
        {"page_size": 51},
        {"page_size": "10"},
        {"pageNo": 0},
        {"pageSize": 10},
        {"skuStatuValue": "9"},
        {"wareId": ",".join(str(number) for number in range(21))},
    ],
)
async def test_parameters_are_flat_known_and_in_their_range(
    world: World, params: dict[str, object]
) -> None:
    assert await refused(world, METHOD, params) == "43"


async def test_only_the_fields_asked_for_come_and_prices_are_yuan(world: World) -> None:
    asked = {"wareTitle": "学步鞋", "field": "jdPrice,saleAttrs"}
    (first, *_) = rows(await ask(world, METHOD, asked), "page", "data")
    assert sorted(first) == ["jdPrice", "saleAttrs", "skuId", "wareId"]
    assert first["jdPrice"] == 169.0
    assert at(first, "saleAttrs", 1, "attrValueAlias") == ["20"]


async def test_pages_of_skus_hang_together(world: World) -> None:
    first = await ask(world, METHOD, {"pageNo": 1, "page_size": 50})
    total = at(first, "page", "totalItem")
    assert isinstance(total, int)
    seen = [row["skuId"] for row in rows(first, "page", "data")]
    for page in range(2, total // 50 + 2):
        answer = await ask(world, METHOD, {"pageNo": page, "page_size": 50})
        seen += [row["skuId"] for row in rows(answer, "page", "data")]
    assert len(seen) == len(set(seen)) == total > 70


async def test_a_call_outside_the_cloud_is_refused_in_jds_own_words(world: World) -> None:
    await world.control("jd", fail={"method": METHOD, "times": 1, "error": "permission"})
    answer = await send(world, form_of(world, METHOD, ASKED))
    assert "入驻云鼎" in str(at(answer, "error_response", "zh_desc"))
    await ask(world, METHOD, ASKED)


async def test_the_call_limit_is_code_two(world: World) -> None:
    await world.control("jd", rate_limit=1)
    await ask(world, METHOD, ASKED)
    assert await refused(world, METHOD, ASKED) == "2"


async def test_a_shop_that_is_down_drops_the_connection(world: World) -> None:
    await world.control("jd", down=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask(world, METHOD, ASKED)
    with pytest.raises(aiohttp.ClientConnectionError):
        await refresh(world)


@pytest.mark.parametrize(
    ("before_the_end", "is_refreshed"),
    [
        (timedelta(hours=25), False),
        (timedelta(hours=23), True),
        (timedelta(minutes=1), True),
        (timedelta(minutes=-1), False),
    ],
)
async def test_a_token_is_refreshed_in_its_last_day_alone(
    world: World, before_the_end: timedelta, is_refreshed: bool
) -> None:
    world.clock.turn(LIFE - before_the_end)
    assert ("access_token" in str(await refresh(world))) is is_refreshed


async def test_a_refresh_ends_both_tokens_before_it(world: World) -> None:
    world.clock.turn(LIFE - timedelta(hours=1))
    answer = await refresh(world)
    assert at(answer, "expires_in") == LIFE.total_seconds()
    assert await refused(world, METHOD, ASKED) == "19"
    assert at(await refresh(world), "code") == 401
    new = form_of(world, METHOD, ASKED, access_token=str(at(answer, "access_token")))
    assert "responce" in str(await send(world, new))


@pytest.mark.parametrize(
    "wrong", [{"app_secret": "guessed"}, {"grant_type": "password"}, {"refresh_token": "stolen"}]
)
async def test_the_token_office_checks_whom_it_talks_to(
    world: World, wrong: dict[str, str]
) -> None:
    world.clock.turn(LIFE - timedelta(hours=1))
    assert "access_token" not in str(await refresh(world, **wrong))


async def test_refreshes_are_counted_by_the_month(world: World) -> None:
    now = world.clock.now()
    grants = Grants(KEYS, now - LIFE + timedelta(hours=1))
    for _ in range(MOST_A_MONTH):
        grant = grants.refresh(grants.current.refresh_token, now)
        # As if its month had passed on the day it was given.
        grants.current = Grant(grant.access_token, grant.refresh_token, now + timedelta(hours=1))
    with pytest.raises(NotRefreshed):
        grants.refresh(grants.current.refresh_token, now)


async def test_a_withdrawn_authorisation_is_an_invalid_token_until_it_is_back(
    world: World,
) -> None:
    await world.control("jd", expire_token=True)
    assert await refused(world, METHOD, ASKED) == "19"
    await world.control("jd", expire_token=False)
    await ask(world, METHOD, ASKED)
