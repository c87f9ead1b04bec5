"""A merchant's own template, of no kind of its own, is followed by what a rule opens with it."""

from dataclasses import replace

from bot.templates.files import house_templates
from desk.store.database import Database
from desk.templates.commands import PublishTemplates
from desk.tickets.model import TicketState
from tests.clocks import FrozenClock
from tests.desk.rules.making import rules
from tests.store.making import conversation
from tests.store.ruled import Shop

APPOINTMENT = next(each for each in house_templates() if each.id == "appointment")
CLASS = replace(APPOINTMENT, id="trial_class", name="体验课", tags=("体验课",))
RULES = """
- id: trial
  on: message
  words: [体验课]
  then: [{open_ticket: appointment, template: trial_class, summary: 想试一节课}]
"""


async def test_a_rule_opens_a_ticket_by_a_template_of_the_merchants_own(
    library: Database, clock: FrozenClock
) -> None:
    shop = Shop(library, clock, *await conversation(library, clock))
    book = rules(RULES)
    await shop.do(book, PublishTemplates((APPOINTMENT, CLASS), "manyun"), cause="published")
    await shop.do(book, shop.says("想约一节体验课"), cause="asked")
    (ticket,) = await shop.tickets()
    assert (ticket.template, ticket.template_version, ticket.step) == ("trial_class", 1, "todo")
    assert (ticket.tags, ticket.state) == (("体验课",), TicketState.OPEN)
