"""What customers write is told to the merchant's rules; nothing else is, and no log reads it."""

from dataclasses import replace

from bot.turn.noticing import noticing
from desk.conversations.incoming import ChannelName, Content, Incoming, Media, Text
from desk.conversations.memory import fold
from desk.conversations.model import Conversation, Dialogue, InboxRow, Session
from desk.front import Seen
from desk.kernel.ids import InboxId, uuid7
from desk.rules.commands import Notice
from desk.rules.happenings import On
from tests.clocks import NOON
from tests.desk.work.house import CHAT, MIMI


def row(content: Content) -> InboxRow:
    said = Incoming(ChannelName.KF, str(uuid7()), "kf1", "wm1", content, NOON)
    return InboxRow(InboxId(uuid7()), said, 0, NOON)


def told(
    *contents: Content, where: Conversation = CHAT, session: Session | None = None
) -> Notice | None:
    commands = noticing(where, tuple(map(row, contents)), "complaint", session)
    (command,) = commands or (None,)
    assert command is None or isinstance(command, Notice)
    return command


def test_what_is_said_in_several_messages_is_told_as_one() -> None:
    command = told(Text("不要刷"), Text("单子呢"))
    assert command is not None
    at = command.happening
    assert (at.on, at.customer, at.conversation) == (On.MESSAGE, MIMI.id, CHAT.id)
    assert at.told == {"message.intent": "complaint", "message.held": False}
    assert "刷单" not in at.text.replace("；", "|")
    assert "不要刷" in at.text


def test_taps_pictures_and_strangers_are_not_told() -> None:
    assert told(Text("查快递", menu_id="go_logistics_query")) is None
    assert told(Media("image", {})) is None
    assert told(Text("  ")) is not None
    assert told(Text("在吗"), where=replace(CHAT, customer=None)) is None


def test_whoever_holds_the_session_is_told_with_it() -> None:
    held = told(Text("在吗"), session=Session.SERVICER)
    back = told(
        Text("在吗"), where=replace(CHAT, session=Session.SERVICER), session=Session.ASSISTANT
    )
    assert held is not None
    assert back is not None
    assert (held.happening.held, back.happening.held) == (True, False)
    new = told(Text("在吗"), where=replace(CHAT, session=Session.QUEUE), session=Session.NEW)
    assert new is not None
    assert not new.happening.held


def test_the_words_stand_in_no_log() -> None:
    command = told(Text("我的电话 13912345678"))
    assert command is not None
    assert "13912345678" not in repr(command)


def test_being_told_to_rules_is_no_answer() -> None:
    command = told(Text("在吗"))
    assert isinstance(command, Seen)
    assert fold(Dialogue(), (command,), NOON, answered=False) == Dialogue()
