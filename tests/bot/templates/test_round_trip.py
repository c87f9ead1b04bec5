"""YAML → model → JSON in the database → model → YAML: nothing is lost on the way."""

import yaml
from hypothesis import given, settings

from bot.templates.reading import read_template
from desk.templates.data import as_data
from desk.templates.model import Template
from tests.desk.templates.drawn import templates


@settings(max_examples=60, deadline=None)
@given(templates)
def test_a_template_written_as_yaml_is_read_as_it_was(template: Template) -> None:
    text = yaml.safe_dump(as_data(template), allow_unicode=True)
    read, problems = read_template("drawn.yml", text)
    assert problems == ()
    assert read == template
