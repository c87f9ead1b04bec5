"""A template that is written and read again is the same, and has the same fingerprint."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from desk.kernel.roles import Role
from desk.store.columns import to_json
from desk.templates.data import as_data, fingerprint, of_data
from desk.templates.model import AskedIf, Field, FieldType, Step, Template, Transition
from desk.tickets.model import FieldValue, Priority, TicketKind, TicketState
from tests.desk.templates.drawn import templates

PLAIN = Template(
    id="gift",
    version=3,
    name="送礼",
    kind=TicketKind.OTHER,
    priority=Priority.NORMAL,
    steps=(Step("todo", "待办", TicketState.OPEN), Step("done", "好了", TicketState.SOLVED)),
    transitions=(Transition("todo", "done", "好了", least=Role.MANAGER),),
)


@settings(max_examples=60, deadline=None)
@given(templates)
def test_what_the_database_keeps_is_read_as_it_was(template: Template) -> None:
    kept = json.loads(to_json(as_data(template)))
    assert of_data(kept) == template
    assert of_data(kept, 7) == replace(template, version=7)


@settings(max_examples=60, deadline=None)
@given(templates)
def test_the_fingerprint_survives_the_database(template: Template) -> None:
    # jsonb forgets the order of keys.
    kept = json.loads(json.dumps(as_data(template), sort_keys=True))
    assert fingerprint(of_data(kept, 4)) == fingerprint(template)


def test_what_a_later_release_has_added_is_left_aside() -> None:
    later = json.loads(json.dumps(as_data(PLAIN)))
    later["colour"] = "red"
    later["steps"][0]["icon"] = later["transitions"][0]["hint"] = "x"
    later["fields"] = [{"id": "a", "label": "甲", "type": "text", "unit": "kg"}]
    read = of_data(later, 3)
    assert read == replace(PLAIN, fields=(Field("a", "甲", FieldType.TEXT),))


def test_defaults_are_left_out_so_that_a_grown_model_keeps_the_fingerprint() -> None:
    assert as_data(PLAIN) == {
        "id": "gift",
        "name": "送礼",
        "kind": "other",
        "priority": "normal",
        "steps": [
            {"id": "todo", "label": "待办", "state": "open"},
            {"id": "done", "label": "好了", "state": "solved"},
        ],
        "transitions": [{"from": "todo", "to": "done", "label": "好了", "least": "manager"}],
    }
    assert fingerprint(PLAIN).startswith("0c6d51b9201535477dfaaea96605455e")


@pytest.mark.parametrize(
    "changed",
    [
        replace(PLAIN, name="送"),
        replace(PLAIN, steps=PLAIN.steps[::-1]),
        replace(PLAIN, layout={"todo": [0, 1]}),
        replace(PLAIN, transitions=(replace(PLAIN.transitions[0], least=Role.ADMIN),)),
    ],
)
def test_any_change_of_content_changes_the_fingerprint(changed: Template) -> None:
    assert fingerprint(changed) != fingerprint(PLAIN)


FORM = replace(
    PLAIN,
    fields=(
        Field("wish", "要不要", FieldType.YES_NO),
        Field("kinds", "哪些", FieldType.CHOICES, asked_if=AskedIf("wish", (True,))),
        Field("words", "写什么", FieldType.TEXT, asked_if=AskedIf("kinds", ("card", "tag"))),
    ),
)


@pytest.mark.parametrize(
    ("answers", "applying"),
    [
        ({}, {"wish"}),
        ({"wish": False}, {"wish"}),
        ({"wish": True}, {"wish", "kinds"}),
        ({"wish": True, "kinds": ("box",)}, {"wish", "kinds"}),
        ({"wish": True, "kinds": ("box", "card")}, {"wish", "kinds", "words"}),
        # What is left of an earlier answer asks for nothing.
        ({"wish": False, "kinds": ("card",)}, {"wish"}),
    ],
)
def test_a_field_applies_only_where_all_that_it_hangs_on_was_answered_so(
    answers: dict[str, FieldValue], applying: set[str]
) -> None:
    assert {each.id for each in FORM.fields if FORM.applies(each.id, answers)} == applying
    names = tuple(each.id for each in FORM.fields)
    assert {each.id for each in FORM.lacking(names, answers)} == applying - set(answers)


def test_a_circle_of_conditions_asks_for_nothing_and_ends() -> None:
    circle = replace(
        PLAIN,
        fields=(
            Field("a", "甲", FieldType.YES_NO, asked_if=AskedIf("b", (True,))),
            Field("b", "乙", FieldType.YES_NO, asked_if=AskedIf("a", (True,))),
        ),
    )
    assert not circle.applies("a", {"a": True, "b": True})
    assert not circle.applies("nobody", {})
