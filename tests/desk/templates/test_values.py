"""Customers' words as answers to fields: as they are really written, slips and all."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.phrases import load_phrases
from desk.kernel.clock import SHANGHAI
from desk.phrases.book import PhraseBook
from desk.templates.model import Field, FieldType, Option
from desk.templates.refusal import Refused
from desk.templates.values import of_picture, read, show, shown_masked
from desk.tickets.model import FieldValue

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
"""A Sunday, noon in Shanghai."""
TAX = Field("tax", "税号", FieldType.TEXT, pattern=r"[0-9A-Z]{15}|[0-9A-Z]{18}|[0-9A-Z]{20}")
MAIL = Field("mail", "邮箱", FieldType.TEXT, pattern=r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
TITLE = Field("title", "发票抬头", FieldType.TEXT, least=2, most=60)
COUNT = Field("count", "数量", FieldType.NUMBER, least=1, most=99)
MONEY = Field("paid", "金额", FieldType.MONEY, least=1, most=99_999_999)
DAY = Field("day", "预约日期", FieldType.DATE)
BOUGHT = Field("bought", "购买日期", FieldType.DATE, least=-3650, most=0)
PHONE = Field("phone", "联系电话", FieldType.PHONE)
KIND = Field(
    "kind",
    "发票类型",
    FieldType.CHOICE,
    options=(
        Option("normal", "普通发票", ("普票", "电子票", "普通的")),
        Option("special", "专用发票", ("专票", "增值税专票")),
    ),
)
WHY = Field(
    "why",
    "退货原因",
    FieldType.CHOICES,
    options=(
        Option("quality", "质量问题", ("坏了", "有瑕疵")),
        Option("size", "尺码不合适", ("大了", "小了", "码不对")),
        Option("dislike", "不喜欢", ("不想要了",)),
    ),
)
OPENED = Field("opened", "是否拆封", FieldType.YES_NO)
PHOTO = Field("photo", "照片", FieldType.PICTURE)
BOOK = PhraseBook(load_phrases())


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        (TITLE, "上海某某贸易有限公司", "上海某某贸易有限公司"),
        (TITLE, "　上海某某   公司，谢谢！", "上海某某 公司"),
        (TITLE, "就写张三吧 谢谢", "张三吧"),
        (TITLE, "是上海某某公司😊", "上海某某公司😊"),
        (TAX, "税号是91310000MA1K4X5X5X", "91310000MA1K4X5X5X"),
        (TAX, "９１３１００００ＭＡ１Ｋ４Ｘ５Ｘ５Ｘ", "91310000MA1K4X5X5X"),
        (TAX, "91310000 ma1k4x5x5x 麻烦了", "91310000MA1K4X5X5X"),
        (MAIL, "发到 mimi.ma+1@example.com.cn 就行", "mimi.ma+1@example.com.cn"),
        (COUNT, "两件", 2),
        (COUNT, "要３个", 3),
        (COUNT, "十二", 12),
        (COUNT, "一共2件，就这2件", 2),
        (MONEY, "35块5", 3550),
        (MONEY, "三十五元", 3500),
        (MONEY, "￥１２９．９０", 12990),
        (MONEY, "2万", 2_000_000),
        (MONEY, "五毛", 50),
        (DAY, "明天下午", "2026-11-23 下午"),
        (DAY, "周六", "2026-11-28"),
        (DAY, "12月3号", "2026-12-03"),
        (DAY, "十二月三号晚上8点半", "2026-12-03 20:30"),
        (DAY, "下周三", "2026-11-25"),
        (DAY, "今晚七点👌", "2026-11-22 19:00"),
        (DAY, "12／3 14：30", "2026-12-03 14:30"),
        (DAY, "3号下午3点到5点", "2026-12-03 15:00-17:00"),
        (DAY, "三天后", "2026-11-25"),
        (DAY, "下个月5号", "2026-12-05"),
        (DAY, "元旦", "2027-01-01"),
        (DAY, "周日上午", "2026-11-29 上午"),
        (DAY, "周日晚上", "2026-11-22 晚上"),
        (DAY, "12月3日（周四）", "2026-12-03"),
        (BOUGHT, "上周六", "2026-11-14"),
        (BOUGHT, "11月1号", "2026-11-01"),
        (BOUGHT, "周五", "2026-11-20"),
        (BOUGHT, "前天买的", "2026-11-20"),
        (BOUGHT, "12月3号", "2025-12-03"),
        (PHONE, "138-0013-8000", "13800138000"),
        (PHONE, "电话+86 138 0013 8000，姓王", "13800138000"),
        (PHONE, "１３８００１３８０００", "13800138000"),
        (PHONE, "一三八零零幺三八零零零", "13800138000"),
        (PHONE, "021 61234567", "021-61234567"),
        (PHONE, "400-800-1234", "4008001234"),
        (KIND, "专票", "special"),
        (KIND, "普通的就行", "normal"),
        (KIND, "2", "special"),
        (KIND, "第一个吧", "normal"),
        (KIND, "专用发飘", "special"),
        (KIND, "不要专票，普票", "normal"),
        (WHY, "1和3", ("quality", "dislike")),
        (WHY, "小了，还有瑕疵", ("quality", "size")),
        (WHY, "都是", ("quality", "size", "dislike")),
        (OPENED, "没有", False),
        (OPENED, "还没拆，吊牌都在", False),
        (OPENED, "没拆封，吊牌也在", False),
        (OPENED, "拆了", True),
        (OPENED, "对的", True),
        (OPENED, "不是", False),
        (OPENED, "👌", True),
        (OPENED, "要的呀，谢谢", True),
        (OPENED, "1", True),
    ],
)
def test_what_customers_write_is_read(field: Field, words: str, value: FieldValue) -> None:
    assert read(field, words, NOON) == value


@pytest.mark.parametrize(
    ("field", "words", "why"),
    [
        (TITLE, "😂😂😂", "form.why.no_words"),
        (TITLE, "哈" * 2000, "form.why.too_long"),
        (TITLE, "王", "form.why.too_short"),
        (TAX, "9131", "form.why.pattern_plain"),
        (TAX, "91310000MA1K4X5X5X 或者 91310000MA1K4X5X5Y", "form.why.several"),
        (TAX, "🙏", "form.why.no_words"),
        (COUNT, "几个吧", "form.why.no_number"),
        (COUNT, "2个或者3个", "form.why.several"),
        (COUNT, "1.5", "form.why.not_whole"),
        (COUNT, "0", "form.why.number_least"),
        (COUNT, "一百件", "form.why.number_most"),
        (COUNT, "1" * 40, "form.why.no_number"),
        (MONEY, "大概一百多", "form.why.about"),
        (MONEY, "-5元", "form.why.no_money"),
        (MONEY, "免费", "form.why.no_money"),
        (MONEY, "付了50又付了30", "form.why.several"),
        (DAY, "昨天", "form.why.day_past"),
        (DAY, "11月1号", "form.why.day_past"),
        (DAY, "这周三", "form.why.day_past"),
        (DAY, "今天上午", "form.why.hour_past"),
        (DAY, "下周吧", "form.why.vague_day"),
        (DAY, "周六或周日", "form.why.several_days"),
        (DAY, "明后天", "form.why.several_days"),
        (DAY, "2月30号", "form.why.no_such_day"),
        (DAY, "2029-01-01", "form.why.day_far"),
        (DAY, "下午三点", "form.why.no_day"),
        (DAY, "19号楼", "form.why.no_day"),
        (BOUGHT, "明天", "form.why.day_not_yet"),
        (PHONE, "1380013800", "form.why.phone_digits"),
        (PHONE, "没记住", "form.why.no_phone"),
        (PHONE, "13800138000 13900139000", "form.why.several"),
        (KIND, "都可以啊", "form.why.no_choice"),
        (KIND, "普票还是专票好", "form.why.one_choice"),
        (KIND, "3", "form.why.no_choice"),
        (OPENED, "什么意思", "form.why.yes_or_no"),
        (PHOTO, "在这里", "form.why.no_picture"),
    ],
)
def test_what_is_no_answer_gets_a_reason_that_can_be_read(
    field: Field, words: str, why: str
) -> None:
    answer = read(field, words, NOON)
    assert isinstance(answer, Refused)
    assert answer.why.key == why
    assert not re.search(r"[{}]", BOOK.render(answer.why, NOON))


def test_what_a_pattern_asks_for_is_told_in_the_merchants_words() -> None:
    told = Field("tax", "税号", FieldType.TEXT, pattern=r"\d{15}", pattern_told="税号是 15 位数字")
    answer = read(told, "123", NOON)
    assert isinstance(answer, Refused)
    assert "税号是 15 位数字。" in BOOK.render(answer.why, NOON)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (MONEY, 3550, "¥35.50"),
        (DAY, "2026-11-28 下午", "11月28日（周六）下午"),
        (DAY, "2028-01-01", "2028年1月1日（周六）"),
        (KIND, "special", "专用发票"),
        (KIND, "gone", "gone"),
        (WHY, ("quality", "size"), "质量问题、尺码不合适"),
        (OPENED, False, "否"),
        (PHONE, "13800138000", "13800138000"),
        (COUNT, 3, "3"),
    ],
)
def test_values_are_shown_in_chinese(field: Field, value: FieldValue, shown: str) -> None:
    assert show(field, value, NOON) == shown


def test_cards_show_only_the_ends_of_a_telephone_number() -> None:
    assert shown_masked(PHONE, "13800138000", NOON) == "138****8000"
    assert shown_masked(PHONE, "021-61234567", NOON) == "021*****4567"
    assert shown_masked(TITLE, "上海某某公司", NOON) == "上海某某公司"


def test_a_picture_is_kept_as_the_channels_media_or_as_its_message() -> None:
    assert of_picture({"media_id": "m-1"}, "row-9") == "m-1"
    assert of_picture({}, "row-9") == "row-9"


_DAYS = st.integers(0, 300).map(lambda ahead: NOON.astimezone(SHANGHAI).date() + _days(ahead))
_HOURS = st.one_of(
    st.just(""),
    st.sampled_from(["早上", "上午", "中午", "下午", "晚上"]),
    st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02d}:{at[1]:02d}"),
)
_VALUES = st.one_of(
    st.tuples(st.just(COUNT), st.integers(1, 99)),
    st.tuples(st.just(MONEY), st.integers(1, 99_999_999)),
    st.tuples(st.just(KIND), st.sampled_from([each.id for each in KIND.options])),
    st.tuples(
        st.just(WHY),
        st.sets(st.sampled_from(range(3)), min_size=1).map(
            lambda places: tuple(each.id for at, each in enumerate(WHY.options) if at in places)
        ),
    ),
    st.tuples(st.just(OPENED), st.booleans()),
    st.tuples(
        st.just(DAY),
        st.tuples(_DAYS, _HOURS).map(lambda at: f"{at[0].isoformat()} {at[1]}".strip()),
    ),
    st.tuples(st.just(PHONE), st.integers(13_000_000_000, 19_999_999_999).map(str)),
    st.tuples(st.just(TAX), st.from_regex(r"[0-9A-Z]{18}", fullmatch=True)),
    st.tuples(
        st.just(TITLE),
        st.text("上海某贸易有限公司张三ABC123（）", min_size=2, max_size=20).filter(
            lambda text: bool(re.search(r"\w", text))
        ),
    ),
)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


@settings(deadline=None)
@given(_VALUES)
def test_what_is_shown_reads_as_the_same_answer(pair: tuple[Field, FieldValue]) -> None:
    field, value = pair
    today = NOON.astimezone(SHANGHAI).date().isoformat()
    if field is DAY and str(value).startswith(today):
        return  # What is over today is refused, whatever it was before.
    assert read(field, show(field, value, NOON), NOON) == value


@settings(deadline=None)
@given(
    st.sampled_from([TITLE, TAX, COUNT, MONEY, DAY, PHONE, KIND, WHY, OPENED, PHOTO]),
    st.text(max_size=200),
)
def test_no_words_break_the_reading(field: Field, words: str) -> None:
    answer = read(field, words, NOON)
    if isinstance(answer, Refused):
        assert BOOK.render(answer.why, NOON)
    else:
        assert show(field, answer, NOON)


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_always_within_the_next_seven_days(today: date, weekday: int) -> None:
    now = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)
    read_as = read(DAY, "周" + "一二三四五六日"[weekday], now)
    assert isinstance(read_as, str)
    day = date.fromisoformat(read_as)
    assert 0 <= (day - today).days < 7
    assert day.weekday() == weekday
