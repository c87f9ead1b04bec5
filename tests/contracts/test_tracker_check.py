"""The check tells of each tracker whether its credentials are good, and what to do."""

import pytest

from bot.carrier_check import check_trackers
from bot.wecom.check import Level
from integrations.carriers.catalog import connected_trackers
from sandbox.clock import Clock
from tests.contracts.fake_trackers import fake_trackers, tracker_entries


async def _findings(callback_url: str = "", **other: str) -> list[tuple[Level, str]]:
    async with fake_trackers(Clock()) as root:
        entries = tracker_entries(root, callback_url, **other)
        async with connected_trackers(entries) as trackers:
            return [(each.level, each.say) for each in await check_trackers(trackers, entries)]


async def test_trackers_that_answer_are_said_to_work() -> None:
    findings = await _findings("https://bot.example.com")
    assert [level for level, _ in findings] == [Level.OK, Level.OK]
    assert "快递100" in findings[0][1]


@pytest.mark.parametrize(("wrong", "at"), [({"key": "x"}, 0), ({"api_key": "x"}, 1)])
async def test_wrong_credentials_are_found(wrong: dict[str, str], at: int) -> None:
    findings = await _findings("https://bot.example.com", **wrong)
    assert findings[at][0] is Level.WARN
    assert "后台" in findings[at][1]


async def test_an_address_that_is_missing_is_told() -> None:
    told = [say for level, say in await _findings() if level is Level.WARN]
    assert len(told) == 2
    assert all("callback_url" in say for say in told)
