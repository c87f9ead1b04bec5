"""Nothing private reaches the model."""

import pytest

from bot.opinion.masking import masked


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("我电话13812345678帮我查下", "13812345678"),
        ("订单2618830174529916203到哪了", "2618830174529916203"),
        ("E20261116201844019500026 发货没", "20261116201844019500026"),
        ("SF1628405517390怎么不动", "1628405517390"),
        ("310101199001011234这个证", "310101199001011234"),
        ("31010119900101123X这个证", "31010119900101123X"),
        ("发我邮箱 mimi@qq.com", "mimi@qq.com"),
        ("加我微信号 mimi_2019", "mimi_2019"),
        ("看这个 https://item.example.com/i?id=88", "example.com"),
        ("卡号6222021234567890123退这里", "6222021234567890123"),
        ("021-50550101打不通", "50550101"),
    ],
)
def test_numbers_links_and_accounts_are_hidden(text: str, private: str) -> None:
    plain = masked(text)
    assert plain is not None
    assert private not in plain
    assert "〔" in plain


@pytest.mark.parametrize("text", ["收件人改成王小明", "我叫李雷", "送到虹桥路777号2楼"])
def test_what_may_name_a_person_or_a_home_is_not_sent_at_all(text: str) -> None:
    assert masked(text) is None


@pytest.mark.parametrize("text", ["学步鞋22码有吗", "iPhone15多少钱", "3段奶粉800g"])
def test_plain_questions_stay_as_they_are(text: str) -> None:
    assert masked(text) == text
