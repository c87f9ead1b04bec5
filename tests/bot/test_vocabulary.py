"""What customers call things is read, the merchant's names first; a wrong name is told where."""

import re
from typing import Any

import pytest

from bot.merchant import load_merchant
from bot.pinyin import readings
from bot.vocabulary import OwnNames, load_vocabulary, read_names
from desk.shops.finding import Goods, find
from desk.shops.matching import group
from desk.shops.port import ItemId
from tests.desk.shops.shelf import item
from tests.desk.shops.wordings.measuring import SANDBOX

_SHOES = item("yz", "1", "软底婴儿学步鞋 透气防滑")
_SUIT = item("yz", "2", "棉小禾婴儿连体衣 纯棉春秋款")


class Wrong(Exception):
    """What the reader raises here."""


def _refuse(where: str, why: str) -> Wrong:
    return Wrong(f"{where}：{why}")


def _goods(data: Any) -> Goods:
    return Goods(group([[_SHOES, _SUIT]]), load_vocabulary(read_names(data, ["yz"], _refuse)))


def test_several_hundred_names_come_with_the_house() -> None:
    assert len(load_vocabulary().aliases) > 600


def test_a_name_of_the_merchants_stands_for_words_of_titles() -> None:
    found = find(_goods({"小熊鞋": "学步鞋"}), "小熊鞋有货吗")

    assert found.is_clear
    assert found.best is not None
    assert found.best.ids[0].item == "1"


def test_a_name_of_the_merchants_stands_for_one_item() -> None:
    found = find(_goods({"小棉": "yz:2"}), "小棉多少钱")

    assert found.is_clear
    assert found.best is not None
    assert found.best.ids[0].item == "2"


def test_a_name_for_an_item_that_is_sold_no_more_means_nothing() -> None:
    assert find(_goods({"小棉": "yz:77"}), "小棉").best is None


def test_the_merchants_word_comes_before_the_houses() -> None:
    own = read_names({"尿不湿": ["隔尿垫"]}, [], _refuse)

    assert load_vocabulary(own).aliases["尿不湿"] == ("隔尿垫",)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (["小熊鞋"], "aliases："),
        ({"小熊鞋": 3}, "aliases.小熊鞋"),
        ({"小熊鞋": []}, "aliases.小熊鞋"),
        ({"小熊鞋": ["学步鞋", 3]}, "aliases.小熊鞋"),
        ({"小熊鞋": "？？"}, "aliases.小熊鞋"),
        ({"小熊鞋": "nowhere:1"}, "nowhere"),
        ({"小熊鞋": "yz:"}, "aliases.小熊鞋"),
        ({"！": "学步鞋"}, "aliases.！"),
        ({"鞋" * 21: "学步鞋"}, "20"),
        ({"熊鞋": "学步鞋", "熊 鞋": "学步鞋"}, "两次"),
    ],
)
def test_a_wrong_name_is_told_where_it_stands(data: Any, where: str) -> None:
    with pytest.raises(Wrong, match=where):
        read_names(data, ["yz"], _refuse)


def test_no_names_are_no_error() -> None:
    assert read_names(None, [], _refuse) == OwnNames()


def test_the_sandbox_merchants_file_shows_both_kinds() -> None:
    file = SANDBOX.parent / "shops.yml"
    env = dict.fromkeys(re.findall(r"\$\{(\w+)\}", file.read_text(encoding="utf-8")), "1")
    names = load_merchant(file, env).names

    assert names.words["小熊鞋"] == ("学步鞋",)
    assert names.items["豆豆兔"] == ItemId("youzan-main", "1287450801")


def test_every_character_has_one_syllable_and_other_signs_have_none() -> None:
    assert readings("學步a💩鞋") == ("xue", "bu", "", "", "xie")
