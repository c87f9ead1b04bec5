"""What may be done about wishes."""

from dataclasses import dataclass

from desk.kernel.ids import ConversationId, CustomerId
from desk.shops.port import ItemId


@dataclass(frozen=True, slots=True)
class NoteWish:
    """A customer wants to hear when a product is back; once for each person, product and kind."""

    customer: CustomerId
    conversation: ConversationId
    items: tuple[ItemId, ...]
    title: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawWishes:
    """A customer does not want to hear of anything any more that they wait for."""

    customer: CustomerId
