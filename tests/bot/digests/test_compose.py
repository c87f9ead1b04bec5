"""What a manager reads in the morning, word for word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.digests.compose import compose
from bot.digests.intents import NAMED
from bot.digests.shops import ShopsNow
from bot.digests.spans import day
from bot.phrases import load_phrases
from desk.insights.model import DigestFigures, LowRating
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.shops.answers import Why
from desk.shops.circuit import CircuitState
from desk.shops.line import ShopHealth
from desk.sync.report import report
from tests.bot.digests.figures import BUSY, late_ticket
from tests.clocks import NOON
from tests.fakes.insights import QUIET

BOOK = PhraseBook(load_phrases())
FRIDAY = day(date(2026, 11, 20))
ONE_MESSAGE = 2048


def written(figures: DigestFigures) -> str:
    return messages(figures)[0]


def messages(figures: DigestFigures) -> list[str]:
    says = compose(figures, FRIDAY, {"amei": "阿美"}.__getitem__)
    return [BOOK.render(each.phrase, NOON) for each in says]


def test_a_busy_day_word_for_word() -> None:
    assert written(BUSY) == (
        "每日简报（11月20日 周五）\n"
        "咨询：128 条消息，46 位顾客，3 条没听懂\n"
        "首次响应：一般 4 秒，最慢 2 分 15 秒，超过 90 秒 2 次\n"
        "问得最多：\n"
        "· 查库存 32 次\n"
        "· 查物流 21 次\n"
        "· 问优惠券 9 次\n"
        "工单：新开 12，完成 9，超时未完成 2\n"
        "· 物流问题（加急，阿美，原定今天 11:00）→ /工单 查看 T-20261120-0007\n"
        "· 物流问题（加急，没人接单，原定今天 11:00）→ /工单 查看 T-20261120-0009\n"
        "缺货但有人问：\n"
        "· 软底学步鞋，问了 5 次 → /库存 软底学步鞋\n"
        "· 纯棉连体衣，问了 1 次 → /库存 纯棉连体衣\n"
        "发出优惠券 6 张，转人工 4 次\n"
        "人工服务评价：3 人，平均 3.7 分，低分 1 人\n"
        "有 3 条消息没能送达，1 条滞留待处理 → /重发"
    )


def test_shops_that_need_somebody_are_told_with_the_way_out() -> None:
    ill = ShopHealth("tm", "天猫旗舰店", None, 3, 3, CircuitState.CLOSED, Why.AUTH_EXPIRED, None)
    well = replace(ill, shop="yz", name="有赞商城", failed=0, why=None)
    shops = ShopsNow(report((well, ill), (), {}, NOON), 3)
    (say, *_) = compose(BUSY, FRIDAY, {"amei": "阿美"}.__getitem__, shops)
    assert BOOK.render(say.phrase, NOON).endswith(
        "店铺连接：\n"
        "· 天猫旗舰店 授权失效，顾客问到时只能说暂时查不到 → 请到店铺后台重新授权\n"
        "· 对账更正了 3 张订单 → /店铺 对账"
    )


def test_what_questions_have_sold_is_told() -> None:
    shops = ShopsNow(sold=(3, Fen(58700)))
    (say, *_) = compose(BUSY, FRIDAY, {"amei": "阿美"}.__getitem__, shops)
    assert "\n咨询过又下单的：3 单，¥587\n" in BOOK.render(say.phrase, NOON)


def test_a_day_without_trouble_leaves_out_what_there_was_none_of() -> None:
    calm = replace(
        QUIET,
        messages=2,
        customers=1,
        first_response_median=timedelta(seconds=1),
        first_response_worst=timedelta(seconds=1),
    )
    assert written(calm) == (
        "每日简报（11月20日 周五）\n"
        "咨询：2 条消息，1 位顾客\n"
        "首次响应：一般 1 秒，最慢 1 秒，没有超过 90 秒的\n"
        "工单：新开 0，完成 0，超时未完成 0\n"
        "发出优惠券 0 张，转人工 0 次"
    )


def test_a_silent_day_makes_one_wonder_about_the_connection() -> None:
    assert written(QUIET) == (
        "每日简报（11月20日 周五）\n"
        "没有顾客消息。如果平时这时候有人咨询，发 /店铺 看看连接是否正常\n"
        "首次响应：没有可统计的对话\n"
        "工单：新开 0，完成 0，超时未完成 0\n"
        "发出优惠券 0 张，转人工 0 次"
    )


def test_messages_that_nobody_answered_are_an_alarm() -> None:
    assert "首次响应：没有一条得到回复" in written(replace(QUIET, messages=5, customers=2))


def test_dead_letters_alone_are_reason_enough_to_report() -> None:
    assert "1 条滞留待处理 → /重发" in written(replace(QUIET, dead_letters=1))


@pytest.mark.parametrize(
    ("took", "words"), [(0.4, "0 秒"), (90, "1 分 30 秒"), (3660, "1 小时 1 分")]
)
def test_waiting_is_told_in_words(took: float, words: str) -> None:
    span = timedelta(seconds=took)
    waited = replace(BUSY, first_response_median=span, first_response_worst=span)
    assert f"一般 {words}，最慢 {words}" in written(waited)


def test_the_worst_day_still_fits() -> None:
    crowded = replace(
        BUSY,
        overdue=tuple(late_ticket(number, "amei") for number in range(1, 100)),
        missing_products=tuple((f"加厚防水儿童学步鞋秋冬新款{n}", 99) for n in range(50)),
        by_intent=tuple((name, 1000) for name in sorted(NAMED)),
        ratings=99,
        low_ratings=(LowRating("很长的昵称啊", f"wm{'x' * 30}", "amei", 1, "等" * 50),) * 9,
    )
    first, second = messages(crowded)
    assert "· 还有 91 张 → /工单 列表" in first
    assert len(first.encode()) <= ONE_MESSAGE
    assert len(second.encode()) <= ONE_MESSAGE


def test_who_was_not_content_is_named_with_the_command_to_look() -> None:
    assert messages(BUSY)[1] == (
        "给人工服务打低分的顾客（11月20日 周五）\n"
        "· 咪咪妈 1 分（阿美接待）“等太久了，打〔电话〕也没人”→ /顾客 wm-mimi"
    )


def test_a_day_of_content_customers_is_one_message() -> None:
    content = replace(BUSY, ratings=2, ratings_sum=10, low_ratings=())
    (text,) = messages(content)
    assert "人工服务评价：2 人，平均 5.0 分，低分 0 人" in text


def test_every_intent_has_its_chinese_name() -> None:
    assert BOOK.check(f"intent.name.{name}" for name in NAMED) == ()
