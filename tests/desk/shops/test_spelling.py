"""Numbers in words, traditional characters, measures, colours and sounds in one spelling."""

from fractions import Fraction

import pytest

from bot.pinyin import readings
from desk.shops.attributes import filter_skus
from desk.shops.colours import family
from desk.shops.measures import Measure, measures_of
from desk.shops.readings import as_heard
from desk.shops.simplified import TO_SIMPLIFIED
from desk.shops.words import spell
from tests.desk.shops.shelf import sku


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("二十二码", "22码"),
        ("一匹半", "1.5匹"),
        ("三段", "3段"),
        ("半斤", "0.5斤"),
        ("苹果十五", "苹果15"),
        ("三件套", "三件套"),
        ("四季通用", "四季通用"),
        ("二合一", "二合一"),
        ("十字绣", "十字绣"),
    ],
)
def test_numbers_that_measure_are_written_in_digits(text: str, spelled: str) -> None:
    assert spell(text) == spelled


def test_a_traditional_character_sounds_like_the_simplified_one_it_stands_for() -> None:
    pairs = {chr(old): chr(new) for old, new in TO_SIMPLIFIED.items()}

    assert len(pairs) > 700
    assert not set(pairs) & set(pairs.values())
    alike = sum(readings(old) == readings(new) for old, new in pairs.items())
    assert alike / len(pairs) > 0.95


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1.5L", "ml", Fraction(1500)),
        ("1500毫升", "ml", Fraction(1500)),
        ("一升半", "ml", Fraction(1500)),
        ("10公斤", "g", Fraction(10_000)),
        ("二十斤", "g", Fraction(10_000)),
        ("256G", "g", Fraction(256)),
        ("256GB", "g", Fraction(256)),
        ("65寸", "inch", Fraction(65)),
        ("1.5匹", "hp", Fraction(3, 2)),
    ],
)
def test_measures_are_alike_in_every_unit(text: str, unit: str, number: Fraction) -> None:
    assert measures_of(text) == {Measure(unit, number)}


@pytest.mark.parametrize(
    ("colour", "plain"), [("樱花粉", "粉"), ("米白色", "白"), ("深空黑", "黑"), ("兔子", "")]
)
def test_shades_belong_to_the_colour_people_ask_for(colour: str, plain: str) -> None:
    assert family(colour) == plain


_SEATS = tuple(sku("yz", "1", 3, colour) for colour in ("曜石", "月光白", "樱花"))
_CUPS = tuple(sku("yz", "2", 3, size) for size in ("中杯 500ml", "大杯 700ml"))
_ONE = (sku("yz", "3", 3),)


@pytest.mark.parametrize(
    ("word", "left"),
    [("黑色", ["曜石"]), ("白色", ["月光白"]), ("粉色", ["樱花"]), ("绿色", [])],
)
def test_a_shade_is_found_by_its_family(word: str, left: list[str]) -> None:
    assert [each.sku for each in filter_skus(_SEATS, [word])] == left


@pytest.mark.parametrize(
    ("word", "left"),
    [("大杯", ["大杯 700ml"]), ("0.5L", ["中杯 500ml"]), ("700ML", ["大杯 700ml"])],
)
def test_cups_and_measures_choose_a_sku(word: str, left: list[str]) -> None:
    assert [each.sku for each in filter_skus(_CUPS, [word])] == left


def test_a_measure_that_the_title_alone_has_is_no_filter() -> None:
    assert filter_skus(_ONE, ["500ml"]) == _ONE
    assert filter_skus(_ONE, ["红色"]) == ()


@pytest.mark.parametrize(("syllable", "heard"), [("zhi", "zi"), ("bing", "bin"), ("xue", "xue")])
def test_syllables_are_heard_as_many_people_say_them(syllable: str, heard: str) -> None:
    assert as_heard(syllable) == heard
