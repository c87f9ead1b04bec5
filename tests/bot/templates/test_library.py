"""The house's own templates: whole, warm, and with a way to the end from everywhere."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.rules.actions import Places
from bot.templates.checks import check_template
from bot.templates.files import LIBRARY, house_templates, read_files
from desk.templates.model import FieldType, FilledBy, Template
from desk.tickets.model import TicketKind, TicketState

ALL = {each.id: each for each in house_templates()}
WANTED = {
    "urge": "催单",
    "logistics": "物流异常",
    "not_received": "签收未收到",
    "return": "退货",
    "exchange": "换货",
    "after_sales": "售后索赔",
    "price_protection": "价保",
    "invoice": "发票",
    "appointment": "预约",
    "complaint": "投诉",
    "consult": "产品咨询",
    "leader": "团长专属",
    "repair": "报修",
    "refund": "退款查询",
    "risk": "风险评估",
}
each_template = pytest.mark.parametrize("template", ALL.values(), ids=list(ALL))


def test_the_templates_that_shops_ask_for_are_there() -> None:
    assert {name: ALL[name].name for name in WANTED} == WANTED


def test_each_file_is_called_by_its_id_and_has_not_even_a_warning() -> None:
    paths = sorted(LIBRARY.glob("*.yml"))
    read = read_files(paths, Places())
    assert read.problems == ()
    assert [each.stem for each in paths] == [each.id for each in read.templates]


@each_template
def test_each_is_of_the_kind_that_it_is_called_by(template: Template) -> None:
    assert template.kind is TicketKind(template.id)
    assert template.about


@each_template
def test_whoever_goes_any_way_comes_to_an_end(template: Template) -> None:
    choose = random.Random(template.id)
    for _ in range(50):
        at = template.steps[0].id
        for _ in range(400):
            ways = template.ways_from(at)
            if not ways:
                break
            at = choose.choice(ways).to
        step = template.step(at)
        assert step is not None
        assert step.state is TicketState.SOLVED


@each_template
def test_customers_are_asked_in_whole_sentences_and_never_twice_the_same(
    template: Template,
) -> None:
    asked = [each.question for each in template.fields if each.filled_by is FilledBy.CUSTOMER]
    assert len(set(asked)) == len(asked)
    for question in asked:
        assert question[-1] in "？。", question


@each_template
def test_what_is_needed_of_staff_is_needed_somewhere(template: Template) -> None:
    needed = {name for each in template.transitions for name in each.needs}
    for field in template.fields:
        if field.filled_by is FilledBy.STAFF and field.required:
            assert field.id in needed


def test_a_risk_is_told_to_no_customer() -> None:
    assert not any(each.told for each in ALL["risk"].steps)
    assert all(each.filled_by is FilledBy.STAFF for each in ALL["risk"].fields)


def test_a_company_is_asked_for_its_tax_number_a_person_is_not() -> None:
    invoice = ALL["invoice"]
    names = ("type", "title", "tax_number", "email")
    person, company = {"type": "personal"}, {"type": "company"}
    lacking = {each.id for each in invoice.lacking(names, person)}
    assert lacking == {"title", "email"}
    assert "tax_number" in {each.id for each in invoice.lacking(names, company)}


def test_a_return_goes_from_being_looked_at_to_the_money() -> None:
    labels = [each.label for each in ALL["return"].steps]
    assert labels[:5] == ["待审核", "等顾客寄回", "验货中", "待退款", "已完成"]
    ways = {(each.origin, each.to) for each in ALL["return"].transitions}
    ids = [each.id for each in ALL["return"].steps[:5]]
    assert set(pairwise(ids)) <= ways


def test_what_is_sent_back_needs_no_parcel_number_where_it_is_brought_to_the_store() -> None:
    brought = {"way_back": "store"}
    assert not ALL["return"].lacking(("return_no",), brought)
    assert ALL["return"].lacking(("return_no",), {"way_back": "self"})


@each_template
def test_choices_have_other_wordings_where_customers_choose(template: Template) -> None:
    for field in template.fields:
        if field.type is FieldType.CHOICE and field.filled_by is FilledBy.CUSTOMER:
            assert any(each.words for each in field.options), field.id


def test_a_check_of_the_library_finds_what_is_broken_in_it() -> None:
    broken = replace(ALL["urge"], transitions=ALL["urge"].transitions[1:])
    assert check_template("urge.yml", broken, Places())
