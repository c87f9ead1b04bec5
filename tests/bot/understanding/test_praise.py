"""Praise is told from complaint, and irony from praise."""

import pytest

from bot.understanding.praise import is_praise


@pytest.mark.parametrize(
    "text",
    [
        "你们这服务真不错 给五星好评",
        "客服小姐姐很耐心",
        "态度非常好，表扬一下",
        "5星好评已给",
        "东西挺好的，辛苦了",
        "点赞👍",
    ],
)
def test_praise_is_praise(text: str) -> None:
    assert is_praise(text)


@pytest.mark.parametrize(
    "text",
    [
        "服务真好啊，好得我想投诉",
        "客服态度不太好",
        "东西不错但是快递太差",
        "给五星才怪",
        "差评",
        "还好意思要好评",
        "真好，又坏了",
        "你们服务很差",
        "快递到哪了",
    ],
)
def test_what_takes_it_back_or_is_none_is_no_praise(text: str) -> None:
    assert not is_praise(text)
