"""An answer of the model is kept only where the merchant's facts carry it."""

import pytest

from bot.opinion.advice import grounded
from desk.consulting.model import Advice, Fact, Source

FACTS = (
    Fact(Source.CATALOGUE, "步步熊软底学步鞋"),
    Fact(Source.CATALOGUE, "尺码：20、21、22、23"),
    Fact(Source.FAQ, "怎么洗 用30度温水手洗，不能机洗。破损7天内可退货"),
)
QUESTION = "鞋子能机洗吗"


def test_an_answer_with_its_sources_is_kept() -> None:
    said = {"answer": " 不能机洗，用30度温水手洗。", "used": [3]}
    assert grounded(said, QUESTION, FACTS) == Advice("不能机洗，用30度温水手洗。", (Source.FAQ,))


def test_sources_are_named_once_each() -> None:
    said = {"answer": "软底的，20到23码都有，要手洗。", "used": ["1", "2", 3]}
    advice = grounded(said, QUESTION, FACTS)
    assert advice is not None
    assert advice.sources == (Source.CATALOGUE, Source.FAQ)


def test_what_the_fact_itself_says_may_be_said() -> None:
    assert grounded({"answer": "破损7天内可退货。", "used": [3]}, QUESTION, FACTS)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"answer": None, "used": []},
        {"answer": "不能机洗。", "used": []},
        {"answer": "不能机洗。", "used": [9]},
        {"answer": "不能机洗。", "used": [0]},
        {"answer": "不能机洗。", "used": [3, 9]},
        {"answer": "不能机洗。", "used": "3"},
        {"answer": "", "used": [3]},
        {"answer": "用40度的水洗。", "used": [3]},
        {"answer": "保证洗不坏。", "used": [3]},
        {"answer": "洗坏了我们赔。", "used": [2]},
        {"answer": "不能机洗，详见 https://a.example", "used": [3]},
        {"answer": "能治疗扁平足。", "used": [1]},
        {"answer": "洗" * 161, "used": [3]},
        {"answer": ["不能机洗"], "used": [3]},
        {"answer": "不能机洗。", "used": [True, None]},
    ],
)
def test_what_no_fact_says_is_not_said(answer: dict[str, object]) -> None:
    assert grounded(answer, QUESTION, FACTS) is None
