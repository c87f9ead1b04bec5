"""What is said, to whom and in which order; greeting, handing over, putting back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.commands import Outcome
from desk.conversations.commands import (
    CloseCard,
    EraseMessage,
    Greet,
    HandOver,
    ListLetters,
    NoteSession,
    Redeliver,
    SayTo,
    Tell,
)
from desk.conversations.model import Dialogue, Session
from desk.conversations.outgoing import (
    DeadLetter,
    PassToPerson,
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.kernel.errors import DeskError
from desk.kernel.messages import Card, Choice, Say, phrase
from desk.kernel.roles import Role
from tests.clocks import NOON
from tests.desk.work.house import APP, CHAT, DELAYED, MIMI, House, cards, heard, keys, lines

HELLO = Say(phrase("welcome.hello"))
CARD = Card("card-1", phrase("a"), phrase("b"))
ASKED = HandOver(CHAT.id, MIMI.id, "顾客要求人工", "想退货，问过两次", skill="after_sales")


async def test_replies_go_out_in_order_in_the_conversations_lane(house: House) -> None:
    bodies = await house.do(say=(HELLO, Say(phrase("fallback.which"))))
    assert keys(heard(bodies)) == ("welcome.hello", "fallback.which")
    assert {entry.lane for entry in house.entries} == {str(CHAT.id)}


async def test_what_one_turn_says_is_one_message_and_costs_one_reply(house: House) -> None:
    bodies = await house.do(say=(HELLO, Say(phrase("fallback.which"))))
    assert len([body for body in bodies if isinstance(body, SayInConversation)]) == 1


async def test_what_follows_a_menu_is_a_message_of_its_own(house: House) -> None:
    asked = Say(phrase("fallback.which"), (Choice("go_greet", phrase("welcome.hello")),))
    bodies = await house.do(say=(HELLO, asked, HELLO))
    said = [body.say for body in bodies if isinstance(body, SayInConversation)]
    assert [len(each.menu) for each in said] == [1, 0]


async def test_a_card_in_the_app_goes_to_the_member_who_asked(house: House) -> None:
    await house.work.settle(Outcome(say=(CARD,)), APP, None, "seed")
    assert [entry.body for entry in house.entries] == [TellStaff(("amei",), CARD)]


async def test_a_card_to_a_customer_is_an_error(house: House) -> None:
    with pytest.raises(DeskError) as caught:
        await house.do(say=(CARD,))
    assert caught.value.code == "say.card_to_customer"


async def test_work_without_cause_and_seed_is_an_error(house: House) -> None:
    with pytest.raises(DeskError) as caught:
        await house.work.settle(Outcome(say=(HELLO,)), CHAT, None)
    assert caught.value.code == "work.without_cause"


async def test_two_pieces_of_work_for_one_cause_do_not_share_ids(house: House) -> None:
    await house.work.settle(Outcome(say=(HELLO,)), CHAT, None, "first")
    await house.work.settle(Outcome(say=(HELLO,)), CHAT, None, "second")
    assert len(house.entries) == 2


async def test_a_welcome_is_urgent_and_dies_with_its_code(house: House) -> None:
    rang = NOON - timedelta(seconds=3)
    await house.do(Greet(CHAT.id, "code-1", HELLO, rang))
    (entry,) = house.entries
    assert entry.body == Welcome(CHAT.id, "code-1", HELLO)
    assert entry.urgent
    assert entry.expires_at == NOON + timedelta(seconds=17)


async def test_a_hand_over_passes_the_session_after_everything_is_said(house: House) -> None:
    bodies = await house.do(ASKED, DELAYED, say=(Say(phrase("handover.started")),))
    assert keys(heard(bodies)) == ("handover.started", "ticket.opened")
    assert bodies[-1] == PassToPerson(CHAT.id, ("amei", "dazhi"))


async def test_those_who_may_take_over_get_the_whole_story(house: House) -> None:
    focus = {"product": "软底学步鞋", "order_no": "E1"}
    house.books.conversations.kept[CHAT.id] = replace(CHAT, dialogue=Dialogue(focus=focus))
    ((to, card),) = cards(await house.do(ASKED))
    assert to == ("amei", "dazhi")
    assert card.subtitle == phrase(
        "handover.card.story", reason="顾客要求人工", summary="想退货，问过两次"
    )
    assert [name.key for name, _ in card.rows] == [
        "card.row.customer",
        "card.row.product",
        "card.row.order",
    ]
    assert [button.key for button in card.buttons] == ["customer wm-mimi"]


async def test_an_urgent_hand_over_reaches_the_supervisor_too(house: House) -> None:
    ((to, _),) = cards(await house.do(replace(ASKED, urgent=True)))
    assert to == ("amei", "dazhi", "fangjie")


async def test_a_named_person_has_the_session_and_the_story(house: House) -> None:
    bodies = await house.do(replace(ASKED, preferred=("xiaolu",)))
    assert bodies[-1] == PassToPerson(CHAT.id, ("xiaolu",))
    assert cards(bodies)[0][0] == ("xiaolu",)


async def test_tell_finds_the_people_by_role(house: House) -> None:
    bodies = await house.do(Tell(HELLO, least=Role.MANAGER))
    assert bodies == (TellStaff(("manyun",), HELLO),)


async def test_a_card_and_its_update_share_a_lane(house: House) -> None:
    await house.do(Tell(CARD, ("amei",)), CloseCard("card-1", phrase("c")))
    shown, closed = house.entries
    assert closed.body == UpdateCard("card-1", phrase("c"))
    assert shown.lane == closed.lane


async def test_words_for_another_conversation_and_facts_about_sessions(house: House) -> None:
    bodies = await house.do(
        SayTo(APP.id, HELLO),
        NoteSession(CHAT.id, Session.SERVICER, "amei"),
        EraseMessage("msg-1"),
    )
    assert bodies == (SayInConversation(APP.id, HELLO),)
    kept = house.books.conversations.kept[CHAT.id]
    assert (kept.session, kept.servicer) == (Session.SERVICER, "amei")
    assert house.books.inbox.erased == [("wecom_kf", "msg-1")]


async def test_a_dead_letter_is_put_back_once(house: House) -> None:
    letter = DeadLetter("letter-1", "say_in_conversation", "lane", "45009", 8, NOON)
    house.books.outbox.dead["letter-1"] = letter
    first = await house.staff_does(Redeliver("letter-1"))
    second = await house.staff_does(Redeliver("letter-1"))
    assert heard(first, APP) == (phrase("redeliver.back", letter="letter-1"),)
    assert heard(second, APP) == (phrase("redeliver.unknown", letter="letter-1"),)


async def test_dead_letters_are_listed_by_the_end_of_their_id_and_found_by_it(
    house: House,
) -> None:
    for number in range(3):
        letter = DeadLetter(f"0190-0000-{number}bcdef01", "outbox", "lane", "45009", 8, NOON)
        house.books.outbox.dead[letter.id] = letter
    listed = await house.staff_does(ListLetters())
    (said,) = heard(listed, APP)
    assert [each.params["letter"] for each in lines(said, "letters")] == [
        "0bcdef01",
        "1bcdef01",
        "2bcdef01",
    ]
    await house.staff_does(Redeliver("1bcdef01"))
    assert set(house.books.outbox.dead) == {"0190-0000-0bcdef01", "0190-0000-2bcdef01"}


async def test_no_dead_letters_is_said_too(house: House) -> None:
    assert keys(heard(await house.staff_does(ListLetters()), APP)) == ("redeliver.none",)
