"""The `carriers` section: what is wrong in it is told by field, with the way out."""

from typing import Any

import pytest

from integrations.carriers.catalog import connected_trackers, platform_of, read_trackers
from integrations.carriers.platform import BadTrackerEntry

KUAIDI100: dict[str, Any] = {
    "id": "kd100",
    "platform": "kuaidi100",
    "callback_url": "https://bot.example.com/",
    "credentials": {"customer": "C1", "key": "k1"},
}
KDNIAO: dict[str, Any] = {
    "id": "kdn",
    "platform": "kdniao",
    "name": "快递鸟备用",
    "base_url": "http://127.0.0.1:1/kdniao/",
    "credentials": {"ebusiness_id": "1237100", "api_key": "k2"},
}


async def test_trackers_are_opened_in_the_order_of_the_file() -> None:
    entries = read_trackers([KDNIAO, KUAIDI100])
    async with connected_trackers(entries) as trackers:
        assert [(each.id, each.name) for each in trackers] == [
            ("kdn", "快递鸟备用"),
            ("kd100", "快递100"),
        ]
    assert entries[0].base_url == "http://127.0.0.1:1/kdniao"
    assert [entry.push_url for entry in entries] == [
        "",
        "https://bot.example.com/carriers/kd100/push",
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "kd/100"}, "id"),
        ({"platform": 7}, "platform"),
        ({"base_url": "ftp://x"}, "base_url"),
        ({"callback_url": "bot.example.com"}, "callback_url"),
        ({"credentials": "k1"}, "credentials"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_a_bad_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadTrackerEntry) as caught:
        read_trackers([{**KUAIDI100, **change}])
    assert caught.value.field == field
    assert field in str(caught.value)


@pytest.mark.parametrize("carriers", ["kuaidi100", 7, [7]])
def test_what_is_no_list_of_services_is_told_so(carriers: object) -> None:
    with pytest.raises(BadTrackerEntry, match="carriers"):
        read_trackers(carriers)


def test_two_with_one_id_are_one_too_many() -> None:
    with pytest.raises(BadTrackerEntry, match=r"kd100 的 id .*重复"):
        read_trackers([KUAIDI100, KUAIDI100])


def test_a_service_that_nobody_knows_is_told_with_those_known() -> None:
    (entry,) = read_trackers([{**KUAIDI100, "platform": "kuaidi"}])
    with pytest.raises(BadTrackerEntry, match="kuaidi100、kdniao"):
        platform_of(entry)


@pytest.mark.parametrize(
    ("entry", "credentials", "field"),
    [
        (KUAIDI100, {"customer": "C1"}, "credentials.key"),
        (KUAIDI100, {"key": "k1"}, "credentials.customer"),
        (KDNIAO, {"ebusiness_id": "1"}, "credentials.api_key"),
        (KDNIAO, {"ebusiness_id": "1", "api_key": "k", "plan": "gold"}, "credentials.plan"),
    ],
)
async def test_a_missing_credential_is_named(
    entry: dict[str, Any], credentials: dict[str, str], field: str
) -> None:
    with pytest.raises(BadTrackerEntry) as caught:
        async with connected_trackers(read_trackers([{**entry, "credentials": credentials}])):
            pass
    assert caught.value.field == field
    assert "环境变量" in str(caught.value) or "paid" in str(caught.value)


def test_secrets_do_not_show() -> None:
    (entry,) = read_trackers([KUAIDI100])
    assert "k1" not in repr(entry)
