"""/whoami, /digest, /redeliver."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.compose import LATE_AFTER
from desk.conversations.commands import ListLetters, Redeliver
from tests.bot.commands.room import Room
from tests.clocks import NOON
from tests.fakes.staff import AMEI, FANGJIE, LAOQIN, MANYUN

MIDNIGHT = NOON - timedelta(hours=12)


async def test_whoami_tells_role_stores_and_skills(room: Room) -> None:
    assert await room.hear("/whoami", AMEI) == (
        "阿美（amei），客服\n门店：徐家汇店\n专长：物流、售后"
    )
    dentist = replace(AMEI, skills=("dentist", "product"))
    assert (await room.hear("/whoami", dentist)).endswith("专长：dentist、商品")
    assert await room.hear("/我是谁", LAOQIN) == "老秦（laoqin），管理员"


@pytest.mark.parametrize(
    ("line", "since", "until", "title"),
    [
        ("/digest", MIDNIGHT - timedelta(days=1), MIDNIGHT, "每日简报（11月20日 周五）"),
        ("/简报 昨天", MIDNIGHT - timedelta(days=1), MIDNIGHT, "每日简报（11月20日 周五）"),
        ("/digest today", MIDNIGHT, NOON, "今日简报，截至目前（11月21日 周六）"),
        (
            "/digest week",
            MIDNIGHT - timedelta(days=6),
            NOON,
            "近 7 天简报（11月15日至11月21日）",
        ),
    ],
)
async def test_a_digest_counts_the_span_that_was_asked_for(
    room: Room, line: str, since: object, until: object, title: str
) -> None:
    assert (await room.hear(line, MANYUN)).startswith(title)
    assert room.insights.asked == [(since, until, LATE_AFTER)]


async def test_redeliver_lists_or_puts_one_back(room: Room) -> None:
    assert (await room.outcome("/重发", FANGJIE)).do == (ListLetters(),)
    assert (await room.outcome("/redeliver 0A1B2C3D", FANGJIE)).do == (Redeliver("0a1b2c3d"),)
