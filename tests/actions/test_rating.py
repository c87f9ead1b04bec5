"""How was it: tapped or written, kept once, and followed up where it was not good."""

from datetime import timedelta

import pytest

from actions.satisfaction_rating import score_of
from bot.turn.signals import on_signal
from desk.conversations.incoming import ChannelName, Incoming, Signal
from desk.conversations.outgoing import TellStaff
from desk.kernel.messages import Say
from desk.ratings.commands import AskRating
from desk.ratings.model import Rating
from desk.reviews.model import PastTurn
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.people import MIMI


async def asked() -> Chat:
    """A chat whose session with 阿美 has just ended."""
    chat = Chat(MIMI)
    await chat.staff_does(AskRating(chat.conversation.id, MIMI.id, "amei"))
    return chat


async def ended() -> Chat:
    """A chat whose customer reads the question under which the three lines stand."""
    chat = Chat(MIMI)
    fields = {"change_type": "3", "msg_code": "mc", "old_servicer_userid": "amei"}
    signal = Signal("session_status_change", fields)
    happened = Incoming(ChannelName.KF, "e1", "kf", "wm-mimi", signal, chat.clock.now())
    await chat.happens(on_signal(signal, happened, chat.conversation))
    return chat


@pytest.mark.parametrize(
    ("label", "score"), [("满意", 5), ("一般", 3), ("不满意", 1)], ids=["good", "fair", "bad"]
)
async def test_a_tapped_line_is_kept_with_who_served(label: str, score: int) -> None:
    chat = await ended()
    await chat.taps(label)
    rating = kept(chat)
    assert (rating.score, rating.servicer, rating.words) == (score, "amei", "")


@pytest.mark.parametrize(
    ("text", "score"), [("1", 5), ("第三个", 1), ("5", 5), ("一般般吧", 3), ("5分", 5)]
)
async def test_a_line_may_be_counted_off_and_points_may_be_written(text: str, score: int) -> None:
    chat = await ended()
    await chat.says(text, "satisfaction_rating")
    assert kept(chat).score == score


async def test_another_matter_right_after_the_end_is_no_rating() -> None:
    chat = await ended()
    await chat.says("有券吗", "coupon_query")
    assert kept(chat).score is None


def kept(chat: Chat) -> Rating:
    (rating,) = chat.books.ratings.kept.values()
    return rating


def supervisor_hears(chat: Chat) -> list[str]:
    bodies = [entry.body for entry in chat.books.outbox.rows.values()]
    return [
        chat.text(body.reply)
        for body in bodies
        if isinstance(body, TellStaff) and body.to == ("fangjie",) and isinstance(body.reply, Say)
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("满意", 5),
        ("非常满意", 5),
        ("不满意", 1),
        ("不太满意吧", 1),
        ("一般般吧", 3),
        ("还行", 3),
        ("5分", 5),
        ("五星", 5),
        ("两颗星", 2),
        ("10分", 5),
        ("给你打8分", 4),
        ("1星", 1),
        ("0分", 1),
        ("2", 2),
        ("4!", 4),
        ("100分", 5),
        ("打十分", 5),
        ("十分满意", 5),
        ("十分不满意", 1),
        ("不好意思刚看到，挺好的", 5),
        ("等了5分钟", None),
        ("那件衣服什么时候到", None),
    ],
)
def test_a_score_is_read_as_people_write_it(text: str, score: int | None) -> None:
    assert score_of(text) == score


@pytest.mark.parametrize(("text", "score"), [("满意", 5), ("5分", 5), ("一般般吧", 3)])
async def test_a_written_answer_is_kept_with_who_served(text: str, score: int) -> None:
    chat = await asked()
    await chat.says(text, "satisfaction_rating")
    rating = kept(chat)
    assert (rating.score, rating.servicer) == (score, "amei")
    assert chat.books.tickets.kept == {}


async def test_who_rates_low_is_asked_why_and_a_supervisor_hears_with_context() -> None:
    chat = await asked()
    chat.books.reviews.before = (PastTurn("logistics_query", True), PastTurn("nlu", False))
    read = await chat.says("不满意", "satisfaction_rating")
    assert "哪里不满意" in read[0]
    assert "工单号" in read[1]
    (ticket,) = chat.books.tickets.kept.values()
    assert ticket.kind is TicketKind.OTHER
    assert "阿美接待" in ticket.summary
    (told,) = supervisor_hears(chat)
    assert told == (
        "顾客咪咪妈对人工服务打了 1 分（阿美接待）\n"
        "此前问过：查快递、没听懂\n"
        "查看顾客：/顾客 wm-mimi"
    )
    read = await chat.says("等了半小时，电话13812345678也没人打", "out_of_scope")
    assert kept(chat).words == "等了半小时，电话13812345678也没人打"
    assert len(chat.books.tickets.kept) == 1
    assert "等了半小时，电话〔电话〕也没人打" in supervisor_hears(chat)[1]
    assert "转给主管" in read[0]


async def test_a_ticket_that_is_open_already_is_joined() -> None:
    chat = await asked()
    await chat.says("付不了款", "payment_issue")
    await chat.says("太差了，1分", "satisfaction_rating")
    (ticket,) = chat.books.tickets.kept.values()
    assert ticket.kind is TicketKind.PAYMENT
    assert any("打了 1 分" in event.note for event in chat.books.tickets.events)


async def test_the_same_answer_twice_is_told_once() -> None:
    chat = await asked()
    await chat.says("不满意", "satisfaction_rating")
    await chat.says("不满意", "satisfaction_rating")
    assert len(supervisor_hears(chat)) == 1


async def test_a_second_thought_replaces_the_first() -> None:
    chat = await asked()
    await chat.says("满意", "satisfaction_rating")
    await chat.says("不满意", "satisfaction_rating")
    assert kept(chat).score == 1
    assert len(supervisor_hears(chat)) == 1


async def test_two_days_later_a_good_word_is_not_about_that_session() -> None:
    chat = await asked()
    chat.clock.turn(timedelta(hours=49))
    await chat.says("满意", "satisfaction_rating")
    assert kept(chat).score is None
