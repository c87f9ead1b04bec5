"""What docs/templates.md shows can be published as it stands."""

import re
from pathlib import Path

from bot.rules.actions import Places
from bot.templates.files import house_templates, read_files
from bot.templates.form_checks import SLOTS
from desk.templates.model import FieldType
from desk.tickets.steps.told import BLANKS

PAGE = (Path(__file__).parents[3] / "docs" / "templates.md").read_text(encoding="utf-8")


def test_the_whole_example_has_no_faults_and_uses_all_of_the_format(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "example.yml").write_text(example, encoding="utf-8")
    read = read_files([tmp_path / "example.yml"], Places())
    assert read.problems == ()
    (template,) = read.templates
    assert all(getattr(template, name) for name in type(template).__slots__ if name != "version")


def test_the_page_names_every_template_type_slot_and_blank() -> None:
    for each in house_templates():
        assert each.name in PAGE
    for word in (*FieldType, *SLOTS):
        assert f"`{word}`" in PAGE
    for word in BLANKS:
        assert f"`{{{word}}}`" in PAGE
