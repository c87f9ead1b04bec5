"""`python -m bot rules check` names every fault at once, and says by its code whether there is."""

from pathlib import Path

import pytest

from bot.merchant import BadShopsFile
from bot.rules_check import check_rules

BAD = """
shops: [{id: jd, platform: jd}]
rules:
  - {id: a, on: message, words: [刷], then: [{say: 好}]}
  - {id: fine, on: ticket_opened, only: {shop: jd}, then: [{tag: x}]}
  - {id: fine, on: ticket_opened, then: [{tag: x}]}
  - {id: c, on: ticket_opened, when: "ticket.colour == 1", then: [{tag: x}]}
"""
GOOD = "rules: [{id: fine, on: rated, when: rating.score == 1, then: [{tag: x}]}]"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "shops.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_fault_is_named_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_rules(written(tmp_path, BAD)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [each.split("：")[0] for each in lines] == [
        "✘ rules[0].words",
        "✘ rules[2].id",
        "✘ rules[3].when",
    ]
    assert "可用的有 now.hour" in lines[2]


def test_rules_without_fault_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_rules(written(tmp_path, GOOD)) == 0
    assert "其中 1 条是自己写的" in capsys.readouterr().out
    assert check_rules(None) == 0
    assert "自带的" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadShopsFile, match="打不开"):
        check_rules(tmp_path / "nowhere.yml")
    with pytest.raises(BadShopsFile, match="最外层"):
        check_rules(written(tmp_path, "- a"))
