"""Text within WeCom's limits."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turn.ports import RenderedCard
from bot.wecom.cards import card_body
from bot.wecom.render import clean, cut, menu_body, split_text


@given(st.text(max_size=4000), st.integers(min_value=4, max_value=300))
def test_parts_fit_and_nothing_but_line_ends_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(0 < len(part.encode()) <= limit for part in parts)
    kept = "".join(parts).replace("\n", "")
    assert "".join(kept.split()) == "".join(clean(text).split())


@given(st.text(), st.integers(min_value=3, max_value=200))
def test_a_cut_fits_and_says_that_it_is_one(text: str, limit: int) -> None:
    text = clean(text)
    short = cut(text, limit)
    assert len(short.encode()) <= limit
    assert short == text or short.endswith("…")


@given(st.text(st.characters(codec=None), max_size=300))
def test_no_escape_that_wecom_refuses_is_ever_written(text: str) -> None:
    written = json.dumps({"content": clean(text)}, ensure_ascii=False)
    written.encode()
    assert "\\u" not in written.replace("\\\\", "")
    assert "\\u4e2d" not in json.dumps(clean("\\u4e2d"), ensure_ascii=False)


def test_a_long_answer_of_lines_is_split_between_them() -> None:
    lines = [f"{number:02} " + "货" * 60 for number in range(40)]
    parts = split_text("\n".join(lines))
    assert len(parts) > 1
    assert "\n".join(parts).split("\n") == lines


def test_a_letter_of_four_bytes_is_never_torn() -> None:
    assert split_text("🙂" * 5, 10) == ("🙂🙂", "🙂🙂", "🙂")


def test_a_menu_has_head_lines_and_ids() -> None:
    body = menu_body("请问是哪一款？", (("pick_1", "经典款"), ("pick_2", "加厚款")))
    assert body == {
        "head_content": "请问是哪一款？",
        "list": [
            {"type": "click", "click": {"id": "pick_1", "content": "经典款"}},
            {"type": "click", "click": {"id": "pick_2", "content": "加厚款"}},
        ],
    }


def test_text_beyond_the_head_goes_before_the_lines() -> None:
    text = "长" * 500
    body = menu_body(text, (("yes", "好"),))
    head = body["head_content"]
    items = body["list"]
    assert isinstance(head, str)
    assert isinstance(items, list)
    said = head + "".join(each["text"]["content"] for each in items[:-1])
    assert said == text
    assert all(each["text"]["no_newline"] == 1 for each in items[:-2])
    assert items[-2]["text"]["no_newline"] == 0
    assert items[-1]["type"] == "click"


def test_a_menu_has_at_most_ten_lines_of_128_bytes() -> None:
    body = menu_body("选", tuple((f"id_{n}", "很长的标签" * 20) for n in range(12)))
    items = body["list"]
    assert isinstance(items, list)
    assert len(items) == 10
    assert all(len(each["click"]["content"].encode()) <= 128 for each in items)
    assert items[0]["click"]["content"].endswith("…")


@pytest.mark.parametrize("bad", ["", "a b", "中文", "x" * 129, "a-b"])
def test_an_id_that_would_not_come_back_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="id"):
        menu_body("选", ((bad, "x"),))


CARD = RenderedCard(
    task="ticket-T-20261121-0042",
    title="新工单 T-20261121-0042",
    subtitle="客户反映快递三天没动",
    rows=(("客户", "小林"), ("门店", "")),
    buttons=(
        ("ticket take T-20261121-0042", "我来处理", 1),
        ("later", "稍后十分钟再提醒我一次", 9),
    ),
)


def test_a_card_is_a_button_card_within_its_limits() -> None:
    assert card_body(CARD) == {
        "card_type": "button_interaction",
        "main_title": {"title": "新工单 T-20261121-0042"},
        "sub_title_text": "客户反映快递三天没动",
        "task_id": "ticket-T-20261121-0042",
        "horizontal_content_list": [
            {"keyname": "客户", "value": "小林"},
            {"keyname": "门店", "value": ""},
        ],
        "button_list": [
            {"text": "我来处理", "style": 1, "key": "ticket take T-20261121-0042"},
            {"text": "稍后十分钟再提醒我…", "style": 1, "key": "later"},
        ],
    }


@pytest.mark.parametrize(
    "card",
    [
        RenderedCard("中文", "t", "", (), (("k", "l", 1),)),
        RenderedCard("x" * 129, "t", "", (), (("k", "l", 1),)),
        RenderedCard("ok", "t", "", (), ()),
        RenderedCard("ok", "t", "", (), (("", "l", 1),)),
    ],
)
def test_a_card_that_would_not_come_back_is_refused(card: RenderedCard) -> None:
    with pytest.raises(ValueError, match=r"task|button"):
        card_body(card)
