"""/shops and the digest tell how the trackers do, and how many parcels are stuck."""

from datetime import date, datetime

from bot.digests.compose import compose
from bot.digests.shops import ShopsNow
from bot.digests.spans import day
from bot.parcel_lines import ParcelsNow, parcel_lines
from bot.phrases import load_phrases
from desk.kernel.messages import phrase
from desk.parcels.model import ParcelCounts
from desk.phrases.book import PhraseBook
from desk.shops.answers import Why
from desk.shops.trackers import TrackerHealth
from tests.bot.digests.figures import BUSY
from tests.clocks import NOON

BOOK = PhraseBook(load_phrases())
FRIDAY = day(date(2026, 11, 20))
WELL = TrackerHealth("kuaidi100", "快递100", NOON)
UNPAID = TrackerHealth("kdniao", "快递鸟", NOON, Why.AUTH_EXPIRED)


def shown(now: ParcelsNow, at: datetime = NOON) -> str:
    return BOOK.render(phrase("cmd.shops.list", shops=parcel_lines(now)), at)


def digest(now: ParcelsNow) -> str:
    (say, *_) = compose(BUSY, FRIDAY, {"amei": "阿美"}.__getitem__, ShopsNow(parcels=now))
    return BOOK.render(say.phrase, NOON)


def test_every_tracker_and_what_is_under_way_is_told() -> None:
    assert shown(ParcelsNow((WELL, UNPAID), ParcelCounts(120, 3, 2))) == (
        "【快递】\n"
        "　快递100：正常\n"
        "　快递鸟：密钥失效或余额不足 → 请到服务商后台处理\n"
        "　在途 120 个，卡住 3 个，今天主动告诉了 2 位顾客"
    )


def test_a_house_that_follows_nothing_says_nothing() -> None:
    assert parcel_lines(ParcelsNow((), ParcelCounts(0, 0, 0))) == ()


def test_the_digest_tells_of_stuck_parcels_and_failing_trackers() -> None:
    assert digest(ParcelsNow((WELL, UNPAID), ParcelCounts(120, 3, 2))).endswith(
        "店铺连接：\n"
        "· 快递鸟 密钥失效或余额不足 → 请到服务商后台处理\n"
        "快递：在途 120 个，卡住 3 个，主动告诉了 2 位顾客"
    )


def test_the_digest_is_silent_about_parcels_that_move() -> None:
    assert "快递" not in digest(ParcelsNow((WELL,), ParcelCounts(120, 0, 0)))
