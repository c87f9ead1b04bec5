"""Shops out of the shops' file, and errors that tell the merchant what to write."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desk.shops.powers import IssuesCoupons, KnowsMembers, KnowsWeComCustomers
from integrations.catalog import ALL, connected_shops, platform_of, read_entries, receive
from integrations.platform import BadShopEntry, PushRequest

_YOUZAN: dict[str, Any] = {
    "id": "youzan-main",
    "platform": "youzan",
    "name": "有赞商城",
    "base_url": "http://127.0.0.1:1/youzan/",
    "credentials": {"client_id": "c", "client_secret": "s3cret", "kdt_id": 40826711},
}
_TAOBAO: dict[str, Any] = {
    "id": "tmall-flagship",
    "platform": "taobao",
    "name": "天猫旗舰店",
    "credentials": {"app_key": "k", "app_secret": "s3cret", "session": "s"},
}


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def test_shops_are_opened_in_the_order_of_the_file_with_their_powers() -> None:
    async with connected_shops(read_entries([_YOUZAN, _TAOBAO]), _Clock()) as (youzan, taobao):
        assert (youzan.id, taobao.id) == ("youzan-main", "tmall-flagship")
        assert isinstance(youzan, IssuesCoupons)
        assert isinstance(youzan, KnowsMembers)
        assert isinstance(youzan, KnowsWeComCustomers)
        assert isinstance(taobao, IssuesCoupons)
        assert isinstance(taobao, KnowsMembers)
        assert not isinstance(taobao, KnowsWeComCustomers)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": None}, "id"),
        ({"name": 5}, "name"),
        ({"plattform": "youzan"}, "plattform"),
        ({"credentials": "secret"}, "credentials"),
        ({"base_url": "open.youzanyun.com"}, "base_url"),
    ],
)
def test_a_bad_entry_is_told_by_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(BadShopEntry) as caught:
        read_entries([{**_YOUZAN, **change}])

    assert caught.value.field == field
    assert caught.value.way_out in caught.value.say


@pytest.mark.parametrize("name", ["client_id", "client_secret", "kdt_id"])
async def test_a_missing_credential_is_told_by_name_and_no_other_is_shown(name: str) -> None:
    entries = read_entries([{**_YOUZAN, "credentials": {**_YOUZAN["credentials"], name: ""}}])

    with pytest.raises(BadShopEntry) as caught:
        async with connected_shops(entries, _Clock()):
            pytest.fail("a shop without credentials was opened")

    assert caught.value.field == f"credentials.{name}"
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in repr(entries)


def test_two_shops_of_one_id_are_refused() -> None:
    with pytest.raises(BadShopEntry) as caught:
        read_entries([_YOUZAN, {**_TAOBAO, "id": "youzan-main"}])

    assert caught.value.field == "id"


def test_an_unknown_platform_is_answered_with_the_known_ones() -> None:
    (entry,) = read_entries([{**_YOUZAN, "platform": "youzn"}])

    with pytest.raises(BadShopEntry) as caught:
        platform_of(entry)

    assert all(platform.name in caught.value.say for platform in ALL)


def test_a_file_without_a_list_is_told_so() -> None:
    with pytest.raises(BadShopEntry) as caught:
        read_entries({"youzan-main": _YOUZAN})

    assert caught.value.field == "shops"


def test_a_push_to_a_platform_without_push_is_nothing() -> None:
    (entry,) = read_entries([_TAOBAO])

    assert receive(entry, PushRequest("POST", {}, {}, b"{}")) is None
