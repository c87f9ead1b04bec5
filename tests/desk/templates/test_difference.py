"""What is otherwise in a later version is told line by line, in Chinese."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.phrases import load_phrases
from bot.templates.files import house_templates
from desk.kernel.roles import Role
from desk.phrases.book import PhraseBook
from desk.templates.difference import differences
from desk.templates.model import (
    AskedIf,
    Field,
    FieldType,
    FilledBy,
    Option,
    Step,
    Template,
    Transition,
)
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import NOON
from tests.desk.templates.drawn import templates

BOOK = PhraseBook(load_phrases())
INVOICE = next(each for each in house_templates() if each.id == "invoice")
TYPE, TITLE, TAX, EMAIL, NUMBER, DECLINED = INVOICE.fields


def said(after: Template, before: Template = INVOICE) -> list[str]:
    """The lines as people read them."""
    return [BOOK.render(each, NOON) for each in differences(before, after)]


def with_field(changed: Field) -> Template:
    """The invoice's template with one field otherwise."""
    kept = (changed if each.id == changed.id else each for each in INVOICE.fields)
    return replace(INVOICE, fields=tuple(kept))


def with_way(changed: Transition) -> Template:
    """The invoice's template with one way otherwise."""
    kept = (
        changed if (each.origin, each.to) == (changed.origin, changed.to) else each
        for each in INVOICE.transitions
    )
    return replace(INVOICE, transitions=tuple(kept))


PURPLE = Option("abroad", "境外")
LATER = Field("phone", "电话", FieldType.PHONE, question="电话？")
CASES = {
    "optional": (with_field(replace(TITLE, required=False)), "字段“发票抬头”改为选填"),
    "required": (with_field(replace(NUMBER, required=True)), "字段“发票号码”改为必填"),
    "label": (with_field(replace(TITLE, label="抬头")), "字段“发票抬头”改名为“抬头”"),
    "type": (
        with_field(replace(NUMBER, type=FieldType.NUMBER)),
        "字段“发票号码”的类型从文字改为数字",
    ),
    "who": (with_field(replace(TITLE, filled_by=FilledBy.STAFF)), "字段“发票抬头”改为同事填"),
    "question": (with_field(replace(TITLE, question="抬头？")), "字段“发票抬头”的问句改为“抬头？”"),
    "most": (with_field(replace(TITLE, most=30)), "字段“发票抬头”的最大值从60改为30"),
    "no least": (with_field(replace(TITLE, least=None)), "字段“发票抬头”的最小值从2改为（空）"),
    "always": (with_field(replace(TAX, asked_if=None)), "字段“税号”改为总是要问"),
    "condition": (
        with_field(replace(EMAIL, asked_if=AskedIf("type", ("personal", "company")))),
        "字段“收票邮箱”改为“发票类型”选个人／企业才问",
    ),
    "option": (
        with_field(replace(TYPE, options=(*TYPE.options, PURPLE))),
        "字段“发票类型”加了选项“境外”",
    ),
    "no option": (
        with_field(replace(TYPE, options=TYPE.options[:1])),
        "字段“发票类型”去掉了选项“企业”",
    ),
    "new field": (replace(INVOICE, fields=(*INVOICE.fields, LATER)), "加了字段“电话”"),
    "no field": (replace(INVOICE, fields=INVOICE.fields[:-1]), "去掉了字段“不能开的原因”"),
    "order": (
        replace(INVOICE, fields=(TITLE, TYPE, TAX, EMAIL, NUMBER, DECLINED)),
        "提问顺序改为：发票抬头、发票类型、税号、收票邮箱、发票号码、不能开的原因",
    ),
    "told": (
        replace(INVOICE, steps=(replace(INVOICE.steps[0], told="收到"), *INVOICE.steps[1:])),
        "步骤“待开票”告诉顾客的话改为“收到”",
    ),
    "state": (
        replace(
            INVOICE,
            steps=(
                *INVOICE.steps[:2],
                replace(INVOICE.steps[2], state=TicketState.OPEN),
                *INVOICE.steps[3:],
            ),
        ),
        "步骤“已交财务”从等内部改为处理",
    ),
    "step": (
        replace(INVOICE, steps=(*INVOICE.steps, Step("sent", "已寄出", TicketState.SOLVED))),
        "加了步骤“已寄出”",
    ),
    "role": (
        with_way(replace(INVOICE.ways_from("issuing")[1], least=Role.MANAGER)),
        "“已交财务→已开具”改为店长以上才能走",
    ),
    "needs": (
        with_way(replace(INVOICE.ways_from("issuing")[1], needs=())),
        "“已交财务→已开具”要先填的改为：（空）",
    ),
    "way": (
        replace(INVOICE, transitions=(*INVOICE.transitions, Transition("todo", "done", "直接开"))),
        "可以走“待开票→已开具”了",
    ),
    "no way": (
        replace(INVOICE, transitions=INVOICE.transitions[1:]),
        "不能再走“待开票→等顾客补信息”",
    ),
    "ways": (replace(INVOICE, transitions=INVOICE.transitions[::-1]), "按钮换了顺序"),
    "steps": (
        replace(INVOICE, steps=(INVOICE.steps[0], *INVOICE.steps[:0:-1])),
        "步骤换了顺序",
    ),
    "options": (
        with_field(replace(TYPE, options=TYPE.options[::-1])),
        "字段“发票类型”的选项换了顺序",
    ),
    "priority": (replace(INVOICE, priority=Priority.HIGH), "优先级从普通改为优先"),
    "kind": (replace(INVOICE, kind=TicketKind.OTHER), "工单类型改为问题反馈"),
    "tags": (replace(INVOICE, tags=("开票",)), "自带的标签改为：开票"),
    "rules": (replace(INVOICE, rules=({"id": "a"},)), "规则有改动"),
    "layout": (replace(INVOICE, layout={"todo": [1, 2]}), "只挪了画布上的位置，别的没变"),
}


@pytest.mark.parametrize(("after", "line"), CASES.values(), ids=list(CASES))
def test_a_change_is_told_in_a_line(after: Template, line: str) -> None:
    assert said(after) == [line]


def test_nothing_is_told_of_the_same_content_under_another_number() -> None:
    assert said(replace(INVOICE, version=4)) == []


@settings(max_examples=60, deadline=None)
@given(templates, templates)
def test_whatever_is_otherwise_is_told_and_can_be_said(before: Template, after: Template) -> None:
    one = replace(after, id=before.id)
    lines = differences(before, one)
    assert bool(lines) or before == one
    assert all(BOOK.render(each, NOON) for each in lines)
    assert differences(before, before) == ()
