"""While the bot may not write, staff hear of danger, and now and then of who still waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.turn.overhearing import overheard
from desk.conversations.commands import Remember, Tell
from desk.conversations.incoming import Text
from desk.conversations.model import Conversation, Dialogue, InboxRow, Session
from desk.kernel.ids import InboxId, uuid7
from desk.kernel.messages import Say
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.people import MIMI, chat_with
from tests.clocks import NOON
from tests.store.making import message

HERE: Conversation = chat_with(MIMI)


def burst(*texts: str) -> tuple[InboxRow, ...]:
    return tuple(InboxRow(InboxId(uuid7()), message(text, Text(text)), 0, NOON) for text in texts)


@pytest.mark.parametrize("state", [Session.QUEUE, Session.SERVICER])
def test_danger_is_heard_whoever_holds_the_session(state: Session) -> None:
    (ticket,) = overheard(HERE, "咪咪", state, burst("人呢", "孩子误吞了电池"), NOON)
    assert isinstance(ticket, OpenTicket)
    assert ticket.kind is TicketKind.EMERGENCY
    assert "误吞了电池" in ticket.summary


def test_who_writes_in_the_queue_is_told_of_once_in_a_while() -> None:
    told, noted = overheard(HERE, "咪咪", Session.QUEUE, burst("人呢 我手机13812345678"), NOON)
    assert isinstance(told, Tell)
    assert isinstance(told.reply, Say)
    assert "13812345678" not in str(told.reply.phrase.params["words"])
    assert isinstance(noted, Remember)
    again = replace(HERE, dialogue=Dialogue(focus=noted.focus))
    assert overheard(again, "咪咪", Session.QUEUE, burst("人呢"), NOON) == ()
    later = NOON + timedelta(minutes=10)
    assert len(overheard(again, "咪咪", Session.QUEUE, burst("人呢"), later)) == 2


def test_a_person_who_holds_the_session_reads_it_themselves() -> None:
    assert overheard(HERE, "咪咪", Session.SERVICER, burst("人呢"), NOON) == ()
