"""Carries out what may be done about aliases."""

from datetime import datetime

from desk.aliases.commands import ForgetAlias, LearnPick, TeachAlias, UnlearnPick
from desk.aliases.model import LONGEST_WORDING, Alias, Pick
from desk.aliases.ports import AliasStore
from desk.kernel.private import hidden, may_name_somebody

AliasCommand = ForgetAlias | LearnPick | TeachAlias | UnlearnPick


async def carry_out(command: AliasCommand, store: AliasStore, now: datetime) -> None:
    """Do one thing about aliases."""
    match command:
        case TeachAlias(name, meaning, by):
            await store.teach(Alias(name, meaning, by, now))
        case ForgetAlias(name):
            await store.forget(name)
        case LearnPick() | UnlearnPick() if _is_a_name(command.wording):
            meant = isinstance(command, LearnPick)
            pick = Pick(command.customer, command.wording, command.item, meant, now)
            await store.pick(pick)
        case _:
            pass


def _is_a_name(wording: str) -> bool:
    """A name for a thing, and nothing that tells who somebody is or where they live."""
    private = hidden(wording) != wording or may_name_somebody(wording)
    return 0 < len(wording) <= LONGEST_WORDING and not private and not wording.isdigit()
