"""What ranks and what is learnt; what is near is told apart by numbers, brands and parts."""

import pytest

from bot.vocabulary import load_vocabulary
from desk.shops.finding import Goods, Met, find
from desk.shops.matching import group
from desk.shops.port import ItemId
from desk.shops.products import Found
from desk.shops.taught import Learnt, Taught
from desk.shops.wish import points_back, wording_of
from tests.desk.shops.shelf import item

_TITLES = {
    "pram": "漫行者轻便婴儿推车 可登机",
    "tall": "漫行者高景观婴儿推车 可坐可躺",
    "bottle": "小鲸鱼PPSU奶瓶 宽口径防胀气",
    "washer": "青柚树奶瓶清洗液 食品级 700ml",
    "powder1": "牧云奶粉 1段 800g",
    "powder3": "牧云奶粉 3段 800g",
    "pot": "九阳电炖锅 1.5L 家用",
    "pot5": "九阳电炖锅 5L 家用",
    "phone": "Apple iPhone 15 128GB 手机",
    "phone_max": "Apple iPhone 15 Pro Max 256GB 手机",
}
_GOODS = Goods(
    group([[item("yz", key, title) for key, title in _TITLES.items()]]), load_vocabulary()
)
_PRAM, _TALL = ItemId("yz", "pram"), ItemId("yz", "tall")


def _keys(found: Found) -> list[str]:
    return [each.product.ids[0].item for each in found.candidates]


def _learnt(found: Learnt) -> Taught:
    return Taught(learnt=found)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("1500ml的电炖锅", "pot"),
        ("电炖锅一升半", "pot"),
        ("1.5升电炖锅", "pot"),
        ("5000毫升电炖锅", "pot5"),
        ("三段奶粉", "powder3"),
        ("奶粉一段", "powder1"),
        ("256g的苹果手机", "phone_max"),
        ("iphone 15", "phone"),
        ("iphone15promax", "phone_max"),
        ("奶瓶", "bottle"),
        ("洗奶瓶的", "washer"),
    ],
)
def test_numbers_and_parts_tell_products_apart(query: str, best: str) -> None:
    found = find(_GOODS, query)

    assert (_keys(found)[0], found.is_clear) == (best, True)


@pytest.mark.parametrize("query", ["iphone14", "iphone 150", "西门子电炖锅", "成人推车"])
def test_another_number_brand_or_user_is_not_taken_for_what_is_sold(query: str) -> None:
    assert not find(_GOODS, query).is_clear


@pytest.mark.parametrize(
    "message",
    [
        "奶瓶刷能洗吗",
        "奶瓶保温套多少钱",
        "玻璃奶瓶能进微波炉吗",
        "推车凉席能用吗",
        "奶瓶支架好用吗",
        "奶瓶链有吗",
    ],
)
def test_what_goes_with_a_product_is_not_taken_for_it_in_a_message(message: str) -> None:
    assert not find(_GOODS, message).is_clear


@pytest.mark.parametrize(
    ("message", "keys"),
    [
        ("老板，奶瓶能进微波炉吗", ["bottle"]),
        ("iphone15promax是国行吗", ["phone_max"]),
        ("奶粉三段过期了能换吗", ["powder3"]),
    ],
)
def test_a_message_is_about_the_product_that_it_names(message: str, keys: list[str]) -> None:
    found = find(_GOODS, message)

    assert (_keys(found)[:1], found.is_clear) == (keys, True)


@pytest.mark.parametrize(
    "message", ["什么时候发货", "能开发票吗", "你们有实体店吗", "可以便宜点吗"]
)
def test_a_message_that_names_nothing_leads_to_nothing(message: str) -> None:
    assert _keys(find(_GOODS, message)) == []


def test_a_part_is_not_offered_for_the_thing_without_asking() -> None:
    only = Goods(group([[item("yz", "washer", _TITLES["washer"])]]), load_vocabulary())

    assert not find(only, "奶瓶").is_clear


def test_two_that_are_close_are_asked_about() -> None:
    found = find(_GOODS, "推车")

    assert set(_keys(found)) == {"pram", "tall"}
    assert not found.is_clear


def test_what_was_met_last_decides_between_two_that_are_close() -> None:
    found = find(_GOODS, "推车", Met((_TALL, _PRAM)))

    assert (_keys(found)[0], found.is_clear) == ("tall", True)


def test_what_was_met_is_no_reason_against_a_title_that_fits_better() -> None:
    assert _keys(find(_GOODS, "高景观推车", Met((_PRAM,))))[0] == "tall"


def test_words_that_point_back_make_what_was_met_count_more() -> None:
    plain = find(_GOODS, "推车", Met((_PRAM,)))
    pointed = find(_GOODS, "推车", Met((_PRAM,), pointed=True))

    assert pointed.candidates[0].score > plain.candidates[0].score


@pytest.mark.parametrize(("text", "points"), [("上次看中的推车", True), ("推车有货吗", False)])
def test_words_point_back_or_not(text: str, points: bool) -> None:
    assert points_back(text) is points


def test_what_this_customer_meant_before_is_meant() -> None:
    found = find(_GOODS, "推车", taught=_learnt(Learnt(own=_TALL)))

    assert (_keys(found)[0], found.is_clear) == ("tall", True)


def test_what_everybody_means_is_meant_where_titles_are_equal() -> None:
    found = find(_GOODS, "推车", taught=_learnt(Learnt(shared=_PRAM)))

    assert (_keys(found)[0], found.is_clear) == ("pram", True)


def test_what_everybody_means_is_found_though_no_title_says_it() -> None:
    found = find(_GOODS, "小飞侠", taught=_learnt(Learnt(shared=_PRAM)))

    assert (_keys(found), found.is_clear) == (["pram"], True)


def test_what_everybody_means_never_comes_before_a_title_that_says_just_that() -> None:
    found = find(_GOODS, "奶瓶清洗液", taught=_learnt(Learnt(shared=ItemId("yz", "bottle"))))

    assert _keys(found)[0] == "washer" or not found.is_clear


def test_what_the_customer_refused_is_not_offered_first() -> None:
    found = find(_GOODS, "推车", taught=_learnt(Learnt(shared=_PRAM, refused=frozenset((_PRAM,)))))

    assert _keys(found)[0] == "tall"


def test_a_taught_name_comes_before_the_vocabularys() -> None:
    found = find(_GOODS, "小飞侠多少钱", taught=Taught(aliases={"小飞侠": ("高景观推车",)}))

    assert (_keys(found)[0], found.is_clear) == ("tall", True)


@pytest.mark.parametrize(
    ("query", "wording"),
    [("你们家的學步鞋还有粉色22码的吗", "学步鞋"), ("上次看的那双", ""), ("iPhone 15", "iphone15")],
)
def test_a_wording_is_the_name_in_one_spelling(query: str, wording: str) -> None:
    assert wording_of(query) == wording


def test_titles_that_stay_are_not_read_again_and_new_ones_are_found() -> None:
    more = (*_GOODS.products, *group([[item("yz", "new", "抱抱熊四季腰凳 婴儿背带")]]))
    later = Goods(more, _GOODS.vocabulary, _GOODS)

    assert _keys(find(later, "腰凳")) == ["new"]
    assert _keys(find(later, "奶瓶"))[0] == "bottle"
    assert _keys(find(_GOODS, "腰凳")) == []
