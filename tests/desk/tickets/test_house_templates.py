"""Tickets of the house's own templates go every way that leads on, wherever they stand."""

import random
from dataclasses import replace

import pytest

from bot.templates.files import house_templates
from desk.templates.flow import Flow, agrees
from desk.templates.model import FieldType, Template
from desk.tickets.commands import TakeTicket
from desk.tickets.model import FieldValue
from desk.tickets.steps.commands import StepTicket
from tests.desk.tickets.templates import publish
from tests.desk.work.house import DELAYED, House

NUMBER = "T-20261121-0001"
_PLAIN: dict[FieldType, FieldValue] = {
    FieldType.NUMBER: 1,
    FieldType.MONEY: 100,
    FieldType.YES_NO: True,
    FieldType.PICTURE: "m1",
}


def filled(template: Template) -> dict[str, FieldValue]:
    """Every field with some answer: of a choice the first."""
    return {
        each.id: each.options[0].id if each.options else _PLAIN.get(each.type, "随便")
        for each in template.fields
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("template", house_templates(), ids=lambda each: each.id)
async def test_a_ticket_goes_as_its_template_says_and_never_stands_wrong(
    template: Template, seed: int
) -> None:
    chance, house = random.Random(seed), House()
    await publish(house, template)
    asked = replace(DELAYED, kind=template.kind, template=template.id, fields=filled(template))
    await house.do(asked)
    await house.staff_does(TakeTicket(NUMBER, "fangjie"))
    for _ in range(12):
        before = house.books.tickets.kept[NUMBER]
        ways = Flow(template).ways(before)
        if not ways:
            assert before.state.ended, f"nothing leads on from {before.step}"
            return
        way = chance.choice(ways)
        await house.staff_does(StepTicket(NUMBER, "manyun", way.to.id))
        after = house.books.tickets.kept[NUMBER]
        if not (before.state.ended and way.to.state.ended):
            assert after.step == way.to.id
        assert agrees(template, after.step, after.state)
