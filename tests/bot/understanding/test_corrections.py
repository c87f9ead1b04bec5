"""What is a correction by its form, and what only looks like one."""

import pytest

from bot.understanding.corrections import correction


@pytest.mark.parametrize(
    ("text", "denied", "wanted"),
    [
        ("不是这个单，是昨天那个", "这个单", "昨天那个"),
        ("不是22是23", "22", "23"),
        ("不是22，要23", "22", "23"),
        ("不要白色，要黑色", "白色", "黑色"),
        ("我说的不是白色是黑色", "白色", "黑色"),
        ("我说的是黑色", "", "黑色"),
        ("我要的是23码", "", "23码"),
        ("不对 我问的是价格", "", "价格"),
        ("不是退 是换", "退", "换"),
        ("不是要退，是换", "退", "换"),
        ("不是要退货 我要换货", "退货", "换货"),
        ("我是说退货", "", "退货"),
        ("我是问什么时候发货", "", "什么时候发货"),
        ("不对，22码的", "", "22码的"),
        ("错了 是奶粉", "", "奶粉"),
        ("搞错了，我要的是推车", "", "推车"),
        ("说错了，是23码", "", "23码"),
        ("打错了 24", "", "24"),
        ("应该是粉色", "", "粉色"),
        ("不是换新的，修一下就行", "换新的", "修"),
        ("不用退，换一个就好", "退", "换一个"),
        ("不要灰的 雾蓝", "灰的", "雾蓝"),
        ("不要灰色的，雾蓝吧", "灰色的", "雾蓝"),
        ("不是这个单", "这个单", ""),
        ("不是这单啊", "这单", ""),
        ("不对，不是这个", "这个", ""),
        ("不不不是22是23", "22", "23"),
        ("不不，我说的是黑色", "", "黑色"),
        ("不对 我问的是，", "", ""),
    ],
)
def test_a_correction_is_taken_apart(text: str, denied: str, wanted: str) -> None:
    read = correction(text)
    assert read is not None
    assert (read.denied, read.wanted) == (denied, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "不是说三天到吗",
        "是不是发错了",
        "你们不是说今天发货吗",
        "有没有不是黑色的",
        "发错了",
        "地址写错了",
        "不要了",
        "不是",
        "不用了",
        "22码有吗",
        "是昨天买的",
        "尺码不对",
        "发的颜色不对",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert correction(text) is None
