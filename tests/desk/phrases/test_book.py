"""Keys and blanks become what people read."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.kernel.ids import TicketId, derived
from desk.kernel.messages import Param, TicketLink, phrase
from desk.kernel.money import Fen
from desk.phrases.book import PhraseBook
from desk.phrases.errors import MissingBlank, UnknownPhrase
from tests.clocks import NOON

BOOK = PhraseBook(
    {
        "one": "值：{value}",
        "inner": "{name} {count} 件",
        "lines": "{title}\n{rows}\n共 {total}",
        "odd": "{{value}} {} {0} {value.real} {value!r} {Value}",
    }
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("学步鞋", "学步鞋"),
        (12, "12"),
        (Fen(1250), "¥12.50"),
        (Fen(12900), "¥129"),
        (Fen(-500), "-¥5"),
        (NOON + timedelta(hours=2, minutes=3), "今天 14:03"),
        (NOON - timedelta(hours=26, minutes=50), "昨天 09:10"),
        (NOON - timedelta(days=2), "前天 12:00"),
        (NOON + timedelta(days=1), "明天 12:00"),
        (NOON - timedelta(days=3), "11月18日 12:00"),
        (datetime(2025, 2, 3, 1, 5, tzinfo=UTC), "2025年2月3日 09:05"),
        (phrase("inner", name="袜子", count=3), "袜子 3 件"),
        (
            (phrase("inner", name="袜子", count=3), phrase("inner", name="鞋", count=1)),
            "袜子 3 件\n鞋 1 件",
        ),
    ],
)
def test_values_are_written_as_people_write_them(value: Param, text: str) -> None:
    assert BOOK.render(phrase("one", value=value), NOON) == f"值：{text}"


def test_days_change_at_midnight_in_shanghai() -> None:
    just_after = datetime(2026, 11, 20, 16, 1, tzinfo=UTC)
    just_before = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)
    assert BOOK.render(phrase("one", value=just_before), just_after) == "值：昨天 23:59"


def test_a_line_of_empty_blanks_is_left_out() -> None:
    said = phrase("lines", title="标题", rows=(), total=0)
    assert BOOK.render(said, NOON) == "标题\n共 0"


def test_a_link_is_written_as_its_address_on_a_line_of_its_own() -> None:
    link = TicketLink(TicketId(derived("ticket")), 3)
    texts = {"said": "好了。\n{page}", "page": "看进度：\n{link}"}
    book = PhraseBook(texts, lambda link: f"https://desk.example/t/{link.version}")
    said = phrase("said", page=phrase("page", link=link))
    assert book.render(said, NOON) == "好了。\n看进度：\nhttps://desk.example/t/3"
    assert PhraseBook(texts).render(said, NOON) == "好了。"


def test_what_fills_a_blank_is_never_read_as_a_blank() -> None:
    assert BOOK.render(phrase("one", value="{value} {secret}"), NOON) == "值：{value} {secret}"


def test_only_plain_names_are_blanks() -> None:
    text = BOOK.render(phrase("odd", value="x"), NOON)
    assert text == "{x} {} {0} {value.real} {value!r} {Value}"


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownPhrase, match=r"stock\.nope"):
        BOOK.render(phrase("stock.nope"), NOON)


def test_a_blank_that_nothing_fills_is_named() -> None:
    with pytest.raises(MissingBlank, match=r"one \{value\}"):
        BOOK.render(phrase("one"), NOON)


def test_a_lenient_reader_leaves_such_a_blank_empty_and_its_line_out() -> None:
    said = phrase("lines", title=phrase("one"), total=3)
    assert BOOK.render(said, NOON, lenient=True) == "值：\n共 3"


def test_check_lists_what_is_missing_once() -> None:
    assert BOOK.check(["two", "one", "two", "three"]) == ("three", "two")
