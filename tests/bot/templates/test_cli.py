"""`python -m bot templates check` and `schema` need no house: files only."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import _parser
from bot.settings import Settings
from bot.templates.format import FieldPart, StepPart, TemplateFile, TransitionPart
from bot.templates.schema import schema_text
from tests.bot.templates.test_reading import GOOD

DOCS = Path(__file__).parents[3] / "docs"


def run(*words: str, templates_dir: Path | None = None) -> int:
    """Run a command line."""
    given = _parser().parse_args(["templates", *words])
    code: int = asyncio.run(given.run(Settings(templates_dir=templates_dir), given))
    return code


def test_the_houses_own_are_checked_without_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert "退货（return）" in capsys.readouterr().out


def test_a_good_folder_is_told_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gift.yml").write_text(GOOD, encoding="utf-8")
    assert run("check", str(tmp_path)) == 0
    assert capsys.readouterr().out == "✔ 1 个模板可以发布：送礼包装（gift）\n"
    assert run("check", templates_dir=tmp_path) == 0


def test_every_fault_is_named_and_warnings_stand_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal = "  - {id: seal, label: 封签, type: text, filled_by: staff, required: true}\nsteps:"
    (tmp_path / "gift.yml").write_text(
        GOOD.replace("steps:", seal).replace("to: done", "to: doen"), encoding="utf-8"
    )
    (tmp_path / "worse.yml").write_text("id: [", encoding="utf-8")
    assert run("check", str(tmp_path)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(each.startswith("! gift.yml fields[2].required：") for each in lines)
    assert any(each.startswith("✘ gift.yml transitions[0].to：") for each in lines)
    assert any(each.startswith("✘ worse.yml：不是有效的 YAML") for each in lines)
    assert lines[-1].startswith("✘ 有 ")
    assert lines[-2].startswith("! ")


def test_the_schema_in_the_docs_is_that_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    printed = capsys.readouterr().out
    assert printed == schema_text()
    assert (DOCS / "templates.schema.json").read_text(encoding="utf-8") == printed


def test_the_schema_tells_every_name_of_the_format_in_chinese() -> None:
    made = json.loads(schema_text())
    for part in (TemplateFile, FieldPart, StepPart, TransitionPart):
        told = made["$defs"].get(part.__name__, made)["properties"]
        names = {each.alias or name for name, each in part.model_fields.items()}
        assert set(told) == names
        for name in names:
            text = told[name]["description"]
            assert any("一" <= each <= "鿿" for each in text), (part, name)


def test_each_role_of_the_process_has_its_command() -> None:
    for role in ("all", "serve", "work", "tick", "check", "export-corrections"):
        assert callable(_parser().parse_args([role]).run)
