"""Addresses in what people write, and what is none."""

import pytest

from desk.templates.addresses import address_in


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("浦东新区世纪大道100号环球金融中心3楼", "浦东新区世纪大道100号环球金融中心3楼"),
        ("改到杭州市西湖区文三路478号B座，谢谢", "杭州市西湖区文三路478号B座"),
        ("上门吧 杭州西湖区文三路100号 13912345678", "杭州西湖区文三路100号"),
        ("地址改成上海市徐汇区 天钥桥路333弄12号 602室", "上海市徐汇区 天钥桥路333弄12号 602室"),
        ("新地址：江宁路1165号5号楼", "江宁路1165号5号楼"),
        ("我搬到滨江区江南大道588号2幢1801室了", "滨江区江南大道588号2幢1801室"),
    ],
)
def test_an_address_is_found_among_other_words(words: str, address: str) -> None:
    assert address_in(words) == address


@pytest.mark.parametrize(
    "words",
    [
        "能改地址吗",
        "我搬家了",
        "徐家汇店在哪",
        "快递到上海了没",
        "22号发货",
        "订单号 E2026",
        "杭州滨江的团",
        "",
    ],
)
def test_without_a_door_it_is_no_address(words: str) -> None:
    assert address_in(words) == ""
