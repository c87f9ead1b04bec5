"""The templates that the house comes with, in the chats of these tests."""

from dataclasses import replace

from bot.templates.files import house_templates
from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE, HOUSE, Stamp
from desk.tickets.model import Ticket
from tests.actions.chat import Chat
from tests.clocks import NOON


async def with_templates(chat: Chat, *others: Template) -> Chat:
    """The chat of a merchant with the house's templates, or others in their place."""
    for template in (*house_templates(), *others):
        await publish(chat, template)
    chat.desk = replace(chat.desk, templates=chat.books.templates)
    return chat


async def publish(chat: Chat, template: Template) -> None:
    """Put a version in force everywhere."""
    stamp = Stamp(HOUSE, NOON)
    kept = await chat.books.templates.publish(template, stamp)
    await chat.books.templates.put_in_force(template.id, kept.template.version, EVERYWHERE, stamp)


def only_ticket(chat: Chat) -> Ticket:
    """The one ticket of the chat."""
    (ticket,) = chat.books.tickets.kept.values()
    return ticket
