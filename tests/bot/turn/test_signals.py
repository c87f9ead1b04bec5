"""What WeCom tells that nobody said."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.turn.signals import on_signal, viewed_item
from desk.conversations.commands import Ask, EraseMessage, Greet, NoteSession
from desk.conversations.incoming import ChannelName, Incoming, Signal
from desk.conversations.model import Conversation, Dialogue, Session
from desk.customers.commands import RecordView
from desk.kernel.ids import ConversationId, CustomerId, uuid7
from desk.ratings.commands import AskRating
from desk.shops.port import ItemId
from desk.tickets.answering.commands import AnswerInSession

_AT = datetime(2026, 11, 21, tzinfo=UTC)
TALK = Conversation(
    ConversationId(uuid7()), ChannelName.KF, "wk1", "wm1", CustomerId(uuid7()), Dialogue(),
    Session.ASSISTANT, "", None, 0,
)  # fmt: skip


def came(name: str, historic: bool = False, **fields: str) -> tuple[Signal, Incoming]:
    signal = Signal(name, fields)
    return signal, Incoming(ChannelName.KF, "m1", "wk1", "wm1", signal, _AT, historic)


def test_entering_by_a_products_link_is_a_view_and_a_welcome() -> None:
    signal, incoming = came("enter_session", scene_param="item:youzan-main:42", welcome_code="code")
    view, greet = on_signal(signal, incoming, TALK, "学步鞋").do
    assert isinstance(view, RecordView)
    assert (view.item, view.title) == (ItemId("youzan-main", "42"), "学步鞋")
    assert isinstance(greet, Greet)
    assert (greet.code, greet.sent_at) == ("code", _AT)


def test_an_old_entry_is_learnt_from_and_not_greeted() -> None:
    signal, incoming = came(
        "enter_session", historic=True, scene_param="item:youzan-main:42", welcome_code="code"
    )
    (view,) = on_signal(signal, incoming, TALK).do
    assert isinstance(view, RecordView)


def test_entering_without_a_code_is_not_greeted() -> None:
    assert on_signal(*came("enter_session"), TALK).do == ()


@pytest.mark.parametrize(
    ("change", "state", "servicer"),
    [
        ("1", Session.SERVICER, "amei"),
        ("2", Session.SERVICER, "amei"),
        ("3", Session.ENDED, ""),
        ("4", Session.SERVICER, "amei"),
    ],
)
def test_who_holds_the_session_is_noted(change: str, state: Session, servicer: str) -> None:
    signal, incoming = came(
        "session_status_change", change_type=change, new_servicer_userid=servicer
    )
    assert on_signal(signal, incoming, TALK).do == (NoteSession(TALK.id, state, servicer),)


def test_what_a_colleague_writes_answers_the_customers_tickets_at_that_moment() -> None:
    noted, answered = on_signal(*came("servicer_said", servicer_userid="amei"), TALK).do
    assert noted == NoteSession(TALK.id, Session.SERVICER, "amei")
    assert answered == AnswerInSession(cast("CustomerId", TALK.customer), "amei", _AT)


def test_what_a_colleague_wrote_long_ago_answers_nothing() -> None:
    signal, incoming = came("servicer_said", historic=True, servicer_userid="amei")
    (noted,) = on_signal(signal, incoming, TALK).do
    assert isinstance(noted, NoteSession)


def test_the_end_of_a_session_is_used_to_ask_how_it_was() -> None:
    signal, incoming = came(
        "session_status_change", change_type="3", msg_code="mc", old_servicer_userid="AMei"
    )
    noted, asked, waits, greet = on_signal(signal, incoming, TALK).do
    assert noted == NoteSession(TALK.id, Session.ENDED, "")
    assert asked == AskRating(TALK.id, cast("CustomerId", TALK.customer), "amei")
    assert isinstance(waits, Ask)
    assert isinstance(greet, Greet)
    assert (greet.code, greet.sent_at) == ("mc", _AT)
    assert [each.id for each in greet.say.menu] == [each.id for each in waits.options]
    assert [each.slots["score"] for each in waits.options] == ["5", "3", "1"]


def test_the_lines_of_two_sessions_differ() -> None:
    ended, first = came("session_status_change", change_type="3", msg_code="mc")
    second = replace(first, external_id="m2")
    menus = [
        each.say.menu
        for incoming in (first, second)
        for each in on_signal(ended, incoming, TALK).do
        if isinstance(each, Greet)
    ]
    assert not {each.id for each in menus[0]} & {each.id for each in menus[1]}


@pytest.mark.parametrize("fields", [{}, {"msg_code": "mc", "historic": True}])
def test_without_a_way_to_ask_nothing_is_asked(fields: dict[str, Any]) -> None:
    signal, incoming = came("session_status_change", change_type="3", **fields)
    assert on_signal(signal, incoming, TALK).do == (NoteSession(TALK.id, Session.ENDED, ""),)


@pytest.mark.parametrize("held", [Session.QUEUE, Session.SERVICER])
def test_who_enters_while_a_person_holds_the_session_is_not_greeted(held: Session) -> None:
    signal, incoming = came("enter_session", welcome_code="code")
    assert on_signal(signal, incoming, replace(TALK, session=held)).do == ()


def test_a_recalled_message_is_erased() -> None:
    assert on_signal(*came("user_recall_msg", recall_msgid="m0"), TALK).do == (EraseMessage("m0"),)


def test_an_unknown_signal_is_counted_and_nothing_else() -> None:
    assert on_signal(*came("something_new", x="1"), TALK).do == ()


@pytest.mark.parametrize(
    "param", ["", "item", "item:", "item:shop", "item::42", "gzh_menu", "a:b:c"]
)
def test_other_scene_params_name_no_product(param: str) -> None:
    assert viewed_item(param) is None
