"""Names that platforms tell outside of any conversation: who they are of is written and logged."""

from datetime import datetime

from desk.books import Books
from desk.customers.commands import LinkName, NoteBuyer
from desk.customers.service import Customers
from desk.journal import write


async def recognise(books: Books, told: LinkName | NoteBuyer, now: datetime) -> None:
    """Carry out what a platform told of a customer; nobody is there to be answered."""
    customers = Customers(books.customers, books.kinship, None, now)
    for event in await customers.carry_out(told):
        write(event)
