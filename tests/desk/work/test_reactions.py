"""What follows from what follows: bounded, and never silent about it."""

import pytest

from desk import hands
from desk.commands import Command
from desk.conversations.commands import ListLetters
from desk.kernel.errors import DeskError
from desk.reactions import Event
from tests.desk.work.house import DELAYED, House


async def test_reactions_that_never_end_are_an_error_and_write_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(_event: Event) -> tuple[Command, ...]:
        return (ListLetters(),)

    monkeypatch.setattr(hands, "react", again)
    with pytest.raises(DeskError) as caught:
        await house.do(DELAYED)
    assert caught.value.code == "work.endless"
    assert house.entries == ()
