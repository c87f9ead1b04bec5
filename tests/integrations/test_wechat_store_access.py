"""Access to WeChat Store: tokens that end or are replaced, and its ways of saying no."""

import asyncio
from datetime import timedelta

import pytest

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from desk.shops.powers import HoldsToken
from integrations.tokens import MemoryTokenCache
from integrations.wechat_store.shelf import LISTED_FOR
from tests.integrations.wechat_scripted import NOW, OK, TOKEN, SetClock, scripted_shop, token

_NO_ITEMS: dict[str, object] = {**OK, "product_ids": [], "next_key": "", "total_num": 0}


class _Office:
    """Hands out one token until it is forced to make another; `spent` are refused with `code`."""

    def __init__(self, code: int = 40001) -> None:
        self.number = 1
        self.code = code
        self.spent: set[str] = set()
        self.asked: list[str] = []

    def answer(self, path: str, sent: dict[str, str]) -> object:
        """Answer a call or a question for a token."""
        if path == TOKEN:
            self.asked.append(sent["force_refresh"])
            self.number += sent["force_refresh"] == "True"
            return token(f"t{self.number}")
        if sent["access_token"] in self.spent:
            return {"errcode": self.code, "errmsg": "invalid credential rid: 1"}
        return _NO_ITEMS


async def test_the_token_is_asked_for_once_for_all_and_its_end_is_told() -> None:
    office = _Office()

    async with scripted_shop(office.answer) as shop:
        await asyncio.gather(*(shop.find_items("") for _ in range(5)))

        assert isinstance(shop, HoldsToken)
        assert shop.token_expires_at == NOW + timedelta(seconds=7200)
    assert office.asked == ["False"]


@pytest.mark.parametrize("code", [40001, 40014, 41001, 42001])
async def test_a_token_that_is_refused_is_forced_anew_only_if_nothing_newer_is_there(
    code: int,
) -> None:
    office = _Office(code)
    office.spent = {"t1"}

    async with scripted_shop(office.answer) as shop:
        assert await shop.find_items("") == ()

    assert office.asked == ["False", "False", "True"]


async def test_a_token_that_was_replaced_elsewhere_is_taken_over_without_force() -> None:
    office, clock = _Office(), SetClock()

    async with scripted_shop(office.answer, clock=clock) as shop:
        await shop.find_items("")
        office.spent, office.number = {"t1"}, 2
        clock.moment += LISTED_FOR
        await shop.find_items("")

    assert "True" not in office.asked


async def test_the_next_token_is_asked_for_in_the_last_minutes_of_the_old_one() -> None:
    office, clock = _Office(), SetClock()

    async with scripted_shop(office.answer, clock=clock) as shop:
        await shop.find_items("")
        clock.moment += timedelta(minutes=115)
        await shop.find_items("")
        assert len(office.asked) == 1

        clock.moment += timedelta(minutes=2)
        office.number = 2
        await shop.find_items("")

    assert office.asked == ["False", "False"]


async def test_two_processes_share_a_token() -> None:
    office, tokens = _Office(), MemoryTokenCache()

    for _ in range(2):
        async with scripted_shop(office.answer, tokens) as shop:
            await shop.find_items("")

    assert office.asked == ["False"]


async def test_a_token_that_is_refused_twice_needs_a_person() -> None:
    office = _Office()
    office.spent = {"t1", "t2"}

    async with scripted_shop(office.answer) as shop:
        with pytest.raises(AuthExpired):
            await shop.find_items("")


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (40013, AuthExpired),
        (40125, AuthExpired),
        (-1, Unavailable),
        (45009, Unavailable),
        (45011, Unavailable),
        (40164, Refused),
        (61004, Refused),
    ],
)
async def test_a_refused_secret_needs_a_person_and_trouble_does_not(
    code: int, error: type[Exception]
) -> None:
    async with scripted_shop(lambda path, sent: {"errcode": code, "errmsg": "no rid: 1"}) as shop:
        with pytest.raises(error) as caught:
            await shop.find_items("")

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"errcode": -1, "errmsg": "system error"}, Unavailable),
        ({"errcode": 45009, "errmsg": "reach max api daily quota limit"}, Unavailable),
        ({"errcode": 45011, "errmsg": "api minute-quota reach limit"}, Unavailable),
        ({"errcode": 45035, "errmsg": "access clientip is not registered"}, Refused),
        ({"errcode": 61004, "errmsg": "access clientip is not registered"}, Refused),
        ({"errcode": 48001, "errmsg": "api unauthorized"}, Refused),
        ({"errcode": 43001, "errmsg": "require GET method"}, Refused),
        ({"errcode": 47001, "errmsg": "data format error"}, Refused),
        ({"errcode": 606006, "errmsg": "other filters"}, Refused),
        ({**OK, "product_ids": 5}, Unavailable),
        ({"errmsg": "ok"}, Unavailable),
        ({}, Unavailable),
        ([], Unavailable),
    ],
)
async def test_each_way_to_say_no_is_understood(answer: object, error: type[Exception]) -> None:
    def script(path: str, sent: dict[str, str]) -> object:
        return token("t1") if path == TOKEN else answer

    async with scripted_shop(script) as shop:
        with pytest.raises(error):
            await shop.find_items("")
