"""No message, however long or dull, keeps a reader busy: what hangs here hangs every customer."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions import form_words
from bot.templates.files import house_templates
from bot.understanding import (
    answer,
    buying,
    clauses,
    corrections,
    danger,
    fragments,
    glued,
    lists,
    mood,
    numbers,
    one_size_up,
    openings,
    picks,
    praise,
    rules,
    taken_back,
    wish_words,
    yes_no,
)
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue, Option, Question, Shown, Topic
from desk.kernel import amounts
from desk.kernel.messages import phrase
from desk.templates.model import FieldType
from desk.templates.telling import told_in
from desk.templates.values import read
from desk.turns import Understanding

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 20
"""Seconds; a reader that is well takes less than one."""
_AT = datetime(2026, 11, 21, tzinfo=UTC)
_LINES = tuple(
    Option(each, phrase("sure.wait"), {"order_id": each}) for each in ("E20261121001", "退货")
)
_QUESTION = Question("order_status", "order_id", _AT, _LINES)
_DIALOGUE = Dialogue(
    topics=(Topic("return_request", _AT), Topic("order_cancel", _AT)),
    shown=Shown("order_status", _LINES, _AT),
)
_TEMPLATES = house_templates()
_FIELDS = tuple(field for template in _TEMPLATES for field in template.fields)
_MEANT = Understanding("order_status", 0.4, "unsure")
_READERS: Mapping[str, Callable[[str], object]] = {
    "amounts.amount_in": amounts.amount_in,
    "answer.tapped": lambda said: answer.tapped(_QUESTION, Text(said)),
    "answer.written": lambda said: answer.written(_QUESTION, Text(said), _MEANT, {}),
    "buying.wants_to_buy": buying.wants_to_buy,
    "clauses.clauses": lambda said: clauses.clauses((said,)),
    "corrections.correction": corrections.correction,
    "danger.danger": danger.danger,
    "fragments.fragment": lambda said: fragments.fragment(said, {}),
    "form_words.has_enough": form_words.has_enough,
    "form_words.leaves_to_us": form_words.leaves_to_us,
    "form_words.right_instead": form_words.right_instead,
    "form_words.skips": form_words.skips,
    "form_words.wants_something": form_words.wants_something,
    "dates.read": lambda said: [
        read(each, said, _AT) for each in _FIELDS if each.type is FieldType.DATE
    ][:2],
    "labels.told_in": lambda said: [told_in(each, {}, said, {}, _AT) for each in _TEMPLATES[:4]],
    "glued.with_size": lambda said: glued.with_size(said, {"color": ("天蓝",)}),
    "lists.picked": lambda said: lists.picked(said, _DIALOGUE),
    "mood.mood_of": mood.mood_of,
    "numbers.find_numbers": numbers.find_numbers,
    "numbers.only_a_phone": numbers.only_a_phone,
    "one_size_up.one_size_up": one_size_up.one_size_up,
    "openings.without_opening": openings.without_opening,
    "picks.pick": lambda said: picks.pick(_LINES, said),
    "picks.picked_by_the_way": lambda said: picks.picked_by_the_way(_LINES, said),
    "picks.says_only_other": picks.says_only_other,
    "praise.is_praise": praise.is_praise,
    "rules.by_rules": rules.by_rules,
    "rules.bare_number": rules.bare_number,
    "rules.says_nothing": rules.says_nothing,
    "taken_back.taken_back": lambda said: taken_back.taken_back(said, _DIALOGUE),
    "wish_words.named_wish": wish_words.named_wish,
    "yes_no.yes_or_no": yes_no.yes_or_no,
    "yes_no.is_nod": yes_no.is_nod,
}
_DULL = (
    *("不" * 40, "不" * 2000, "嗯" * 24 + "我想退", "嗯" * 2000 + "我想退", "哦" * 60 + "X"),
    *("哦噢" * 14 + "X", "辛苦了" * 9 + "X", "辛苦了" * 200, "想" * 500, "退了" * 500),
    *(" " * 2000 + "X", "X" + " " * 2000 + "X", "，" * 2000, "，" * 2000 + "X", ", " * 1000 + "X"),
    *("1" * 2000, "13800138000" * 180, "1 " * 1000, "A" * 2000, "OK " * 600 + "x", "！" * 2000),
    *("不是" * 600, "我说的是" * 500, "那就还是我先" * 300, "天蓝的22" * 400, "第 " * 900 + "X"),
)
_WALKS = 400
_FOLDERS = ("bot/understanding", "actions", "desk/templates", "desk/kernel")


def _words(reader: str) -> list[str]:
    """The plain words that the patterns beside a reader are made of."""
    module = reader.partition(".")[0]
    folder = next(each for each in _FOLDERS if (_ROOT / each / f"{module}.py").exists())
    source = (_ROOT / folder / f"{module}.py").read_text("utf-8")
    return sorted(set(re.findall(r"[\u4e00-\u9fff]{1,4}|\b[a-z]{1,4}\b", source)))


def _walks(reader: str) -> Iterator[str]:
    """Few words over and over, with and without marks, which then end in something else."""
    chance, words = random.Random(reader), _words(reader)
    for walk in range(_WALKS):
        few = [
            *chance.sample(words, chance.randint(1, 4)),
            *chance.sample(["", "，", " ", "了"], 2),
        ]
        said = ""
        while len(said) < (60, 28)[walk % 2]:
            said += chance.choice(few) or few[0]
        yield said
        yield f"{said}X"


def _read_everything(reader: str) -> None:
    for said in (*_DULL, *_walks(reader)):
        _READERS[reader](said)


@pytest.mark.parametrize("reader", _READERS)
def test_a_reader_comes_back_from_everything(reader: str) -> None:
    path = {**os.environ, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(  # noqa: S603 - it runs this very file
        [sys.executable, __file__, reader], env=path, timeout=_PATIENCE, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("嗯" * 60, yes_no.YES),
        ("好" * 60 + "的", yes_no.YES),
        ("不" * 60, yes_no.NO),
        ("嗯" * 60 + "等一下", yes_no.WAIT),
        ("辛苦了" * 9, ""),
        ("嗯" * 60 + "我想退", ""),
        ("好的可以" * 20, ""),
    ],
)
def test_a_drawn_out_word_still_means_what_it_says(said: str, meaning: str) -> None:
    assert yes_no.yes_or_no(said) == meaning


def test_a_drawn_out_nod_is_one_and_a_long_speech_is_none() -> None:
    assert yes_no.is_nod("哦" * 60)
    assert not yes_no.is_nod("哦" * 60 + "X")
    assert not yes_no.is_nod("好的哦" * 30)


def test_a_correction_after_many_a_no_is_heard_with_its_number_whole() -> None:
    read = corrections.correction("不" * 40 + "是，我说的是E2026000001XXXL")
    assert read is not None
    assert read.wanted == "E2026000001XXXL"


if __name__ == "__main__":
    _read_everything(sys.argv[1])
