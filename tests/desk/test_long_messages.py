"""Long messages cost by their length: none of them keeps everybody else waiting.

Before they were bounded each of these took from half a minute to for ever: the test's own time
limit is what would notice.
"""

from datetime import UTC, datetime

import pytest

from desk.kernel.private import hidden
from desk.rules.words import WordIndex, outside, plain
from desk.templates.hours import hours_in
from desk.templates.model import Field, FieldType
from desk.templates.refusal import Refused
from desk.templates.values import read

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
MANY = 60_000


@pytest.mark.parametrize(
    "words",
    [
        "嗯" * MANY + "x",
        "!" * MANY + "x",
        "谢谢" + " " * MANY + "x",
        "给我" * MANY,
        "万" * MANY,
        "1 " * MANY,
        "1" + " " * MANY + "x",
        " " * MANY + "x",
    ],
    ids=lambda words: words[:3],
)
@pytest.mark.parametrize("kind", [each for each in FieldType if each is not FieldType.PICTURE])
def test_a_long_answer_is_read_or_refused_at_once(kind: FieldType, words: str) -> None:
    answer = read(Field(id="size", label="尺码", type=kind), words, NOW)

    assert isinstance(answer, Refused | str | int | bool | tuple)


def test_hours_are_found_behind_many_blanks() -> None:
    assert hours_in(" " * MANY + "下午 3点" + " " * MANY + "到 5点") == "15:00-17:00"


def test_a_number_as_long_as_a_message_is_no_number() -> None:
    answer = read(Field(id="n", label="件数", type=FieldType.NUMBER), "万" * 3_000, NOW)

    assert isinstance(answer, Refused)


def test_addresses_and_figures_are_hidden_however_many_there_are() -> None:
    assert hidden("1" * MANY) == "1" * MANY
    assert "号楼" not in hidden("住3号楼的 " * 3_000)


def test_a_word_that_stands_there_thousands_of_times_is_found_outside_of_a_phrase() -> None:
    index = WordIndex([("刷单", 0)])
    text = plain("是不是刷单" * 20_000 + "有人刷单")

    assert outside(text, index.find(text)[0], ("是不是刷单",)) == ("刷单",)
    assert outside("是不是刷单", index.find("是不是刷单")[0], ("是不是刷单",)) == ()
