"""What is held out stays out of the training data, also with other punctuation or a word more."""

from pathlib import Path

import pytest

from nlu.examples import Example, held_out, learnt
from nlu.near import bare, twins, twins_within

DATA = Path(__file__).resolve().parents[2] / "nlu_data"
# Up to four characters is common property: "谢谢", "到哪了".
COMMON_PROPERTY = 4
# Short requests are worded alike by whoever writes them; more than this would be copying.
MOST_NEAR = 0.03


@pytest.fixture(scope="module")
def trained() -> list[Example]:
    return learnt(DATA / "intents")


def _held(name: str) -> list[str]:
    texts = [example.text for example in held_out(DATA / name)]
    return [text for text in texts if len(bare(text)) > COMMON_PROPERTY]


# Both return numbers alone, so that a failure shows no text that is held out.
def _same(trained: list[Example], name: str) -> int:
    known = {bare(example.text) for example in trained}
    return sum(bare(text) in known for text in _held(name))


def _near_share(trained: list[Example], name: str) -> float:
    held = _held(name)
    return sum(1 for _ in twins(held, [one.text for one in trained], 0.8)) / len(held)


@pytest.mark.parametrize("name", ["holdout", "sealed"])
def test_nothing_held_out_is_trained_on_in_any_spelling(trained: list[Example], name: str) -> None:
    same = _same(trained, name)
    assert same == 0


@pytest.mark.parametrize("name", ["holdout", "sealed"])
def test_few_held_out_texts_have_a_near_twin(trained: list[Example], name: str) -> None:
    near = _near_share(trained, name)
    assert near < MOST_NEAR


def test_texts_are_compared_without_punctuation_width_and_case() -> None:
    assert bare("ＡＢ，到哪了？ ") == bare("ab到哪了")


def test_a_twin_is_the_nearest_text_that_is_near_enough() -> None:
    shelf = ["我要退货退款", "快递到哪里了呀", "今天天气真好"]
    found = list(twins(["请问快递到哪里了呀", "完全不同的话"], shelf, 0.6))
    assert [(twin.here, twin.there) for twin in found] == [(0, 1)]
    assert 0.6 <= found[0].alike < 1.0


def test_twins_within_one_list_are_told_once() -> None:
    found = list(twins_within(["什么时候发货", "我要退货退款", "什么时候发货呢"], 0.7))
    assert [(twin.here, twin.there) for twin in found] == [(0, 2)]
