"""What may be done about the book."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import ItemId


@dataclass(frozen=True, slots=True)
class NoteConsult:
    """A customer asked about a product; `items` are its ids in all shops that sell it.

    An order of one of them within the days after is taken to come of it.
    """

    customer: CustomerId
    conversation: ConversationId
    items: tuple[ItemId, ...]
    title: str
