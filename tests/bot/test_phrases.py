"""Phrase files: ours, and the merchant's own wording over them."""

from pathlib import Path

import pytest

from bot.phrases import BadPhrases, load_phrases

OURS = 'a.one: "你好{name}"\na.two: "再见"\n'


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "zh_CN.yml"
    path.write_text(OURS, encoding="utf-8")
    return path


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_house_comes_with_phrases() -> None:
    assert "{number}" in load_phrases()["ticket.opened"]


def test_the_merchants_words_come_first(ours: Path, tmp_path: Path) -> None:
    own = written(tmp_path, 'a.one: "{name}，欢迎光临"\n')
    assert load_phrases(ours, own) == {"a.one": "{name}，欢迎光临", "a.two": "再见"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('a.three: "?"\n', "没有名为“a.three”的话术"),
        ('a.one: "{price}"\n', "“a.one”用了未知的空位 {price}"),
        ('a.one: "1"\na.one: "2"\n', "重复的“a.one”"),
        ("a.one: 12\n", "“a.one”应是文字"),
        ("- a.one\n", "应是“键: 文字”的列表"),
        ('a.one: "没关\n', "own.yml"),
    ],
)
def test_a_wrong_file_is_told_by_name_and_key(
    ours: Path, tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(BadPhrases, match=r"own\.yml") as caught:
        load_phrases(ours, written(tmp_path, text))
    assert why in str(caught.value)


def test_a_file_that_is_not_there_is_told(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(BadPhrases, match="打不开"):
        load_phrases(ours, tmp_path / "nowhere.yml")
