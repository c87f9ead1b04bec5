"""`python -m bot routes check` tells which line would decide, and what is wrong with the table."""

from pathlib import Path

import pytest

from bot.merchant import BadShopsFile
from bot.routes_check import check_routes

FILE = """
shops: [{id: jd, platform: jd, base_url: "${NOT_SET}"}]
product_types: [{name: 推车, words: [婴儿车]}]
routes:
  - {name: 急件, match: {priority: urgent}, skill: fast}
  - {name: 推车退货, match: {kind: return, product_type: 推车}, skill: strollers}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shops.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 0, ["✔ 2 条路由、1 种商品类型可以使用  [routes.ok]"]),
        (
            ["kind=return", "title=轻便婴儿车"],
            0,
            ["商品类型：推车", "✘ 第 1 条“急件”", "✔ 第 2 条“推车退货”", "由第 2 条“推车退货”决定"],
        ),
        (
            ["kind=refund"],
            0,
            ["✘ 第 1 条“急件”", "✘ 第 2 条“推车退货”", "没有一条符合，按类型要的技能派"],
        ),
        (["priority=urgent"], 0, ["✔ 第 1 条“急件”", "✘ 第 2 条“推车退货”", "由第 1 条“急件”决定"]),
    ],
)
def test_each_line_is_tried_and_the_first_that_fits_is_named(
    file: Path, words: list[str], code: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_routes(file, words) == code
    assert capsys.readouterr().out.splitlines() == told


def test_a_key_that_there_is_not_is_told_with_those_there_are(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_routes(file, ["mood=bad"]) == 1
    assert "没有 mood 这一项，可以写 kind、product_type" in capsys.readouterr().out


def test_without_a_file_there_is_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_routes(None, []) == 1
    assert "没有设置 SHOPS_FILE" in capsys.readouterr().out


def test_a_table_that_is_wrong_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shops.yml"
    path.write_text("routes: [{name: a}]", encoding="utf-8")
    with pytest.raises(BadShopsFile, match="没写派给谁"):
        check_routes(path, [])
    with pytest.raises(BadShopsFile, match="打不开"):
        check_routes(tmp_path / "none.yml", [])
