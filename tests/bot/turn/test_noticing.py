"""What customers write is told to the merchant's rules; nothing else is, and no log reads it."""

from dataclasses import replace

from bot.rules.reading import house_book
from bot.turn.commit import Committer
from bot.turn.decision import Decision, noticed
from bot.turn.noticing import noticing
from bot.turn.reviewing import reviewed
from bot.understanding.reader import UNSURE
from desk.commands import Outcome
from desk.conversations.incoming import ChannelName, Content, Incoming, Media, Text
from desk.conversations.memory import fold
from desk.conversations.model import Conversation, Dialogue, InboxRow, Session
from desk.conversations.outgoing import SayInConversation
from desk.front import Seen
from desk.handbook import plain_handbook
from desk.kernel.ids import InboxId, uuid7
from desk.rules.commands import Notice
from desk.rules.happenings import On
from desk.rules.runs import End
from desk.store.database import Database
from desk.tickets.model import TicketKind
from desk.turns import Understanding
from tests.clocks import NOON, FrozenClock
from tests.desk.work.house import CHAT, MIMI
from tests.fakes.staff import FakeStaff
from tests.store.making import LEASE, message, worked


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


async def test_a_message_to_a_person_is_judged_once_however_often_it_is_committed(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, message("m1", Text("等着律师函吧")))
    told = noticing(lease.conversation, lease.rows, "", Session.SERVICER)
    decision = noticed("held_by_person", Outcome(do=told))
    handbook = replace(plain_handbook(FakeStaff()), rules=house_book())
    committer = Committer(library, handbook, clock)
    await committer.commit(lease, lease.rows, decision)
    await committer.commit(lease, lease.rows, decision, last=True)
    assert lease.conversation.customer is not None
    tickets = await library.tickets.of_customer(lease.conversation.customer, 9)
    assert [each.kind for each in tickets] == [TicketKind.RISK]
    (run,) = await library.rules.of_rule("risk_legal", 9)
    assert (run.end, run.subject) == (End.DONE, tickets[0].number)
    async with library.open() as books:
        out = await books.outbox.claim(clock.now(), clock.now() + LEASE, 50)
    assert not any(isinstance(each.entry.body, SayInConversation) for each in out)


def test_where_the_bot_was_silent_being_told_to_rules_is_nothing_to_review() -> None:
    command = told(Text("在吗"))
    assert command is not None
    silent = Decision(Outcome(do=(command,)), Understanding("out_of_scope", 0.1, UNSURE))
    rows = (row(Text("在吗")),)
    assert reviewed(silent, CHAT, rows, by_day=False, below=0.6) == silent.outcome
