"""Carries out what may be done about wishes."""

from desk.conversations.tray import OutTray
from desk.kernel.ids import WishId
from desk.wishes.commands import NoteWish, WithdrawWishes
from desk.wishes.model import Wish
from desk.wishes.ports import WishStore

WishCommand = NoteWish | WithdrawWishes


async def carry_out(command: WishCommand, store: WishStore, tray: OutTray) -> None:
    """Do one thing; nothing follows from it."""
    match command:
        case NoteWish():
            wish = Wish(
                id=WishId(tray.derive("wish")),
                customer=command.customer,
                person=command.customer,
                conversation=command.conversation,
                items=tuple(dict.fromkeys(command.items)),
                title=command.title,
                wanted=command.wanted,
                asked_at=tray.now,
            )
            await store.note(wish)
        case WithdrawWishes(customer):
            await store.withdraw(customer, tray.now)
