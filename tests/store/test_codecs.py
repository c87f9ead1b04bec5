"""Whatever is kept as jsonb comes back as it was."""

import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.conversations.incoming import Click, Content, Media, Signal, Text, Unsupported
from desk.conversations.model import Dialogue, Option, Question
from desk.conversations.outgoing import (
    Body,
    IssueCoupon,
    PassToPerson,
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.kernel.ids import ConversationId, TicketId
from desk.kernel.messages import Card, CardButton, Choice, Param, Phrase, Say, TicketLink
from desk.kernel.money import Fen
from desk.shops.port import BuyerId
from desk.store.codecs import CODEC, KINDS_OF_BODY, KINDS_OF_CONTENT
from desk.store.columns import to_json
from desk.store.database import Database
from tests.clocks import FrozenClock
from tests.store.making import entry, lease_next, message, put

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
fields = st.dictionaries(words, words, max_size=3)
moments = st.datetimes(
    # Offsets and no places: a moment in the hour that a place skips equals no other's.
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda by: timezone(timedelta(minutes=by)))
)
params: st.SearchStrategy[Param] = st.deferred(
    lambda: (
        words
        | st.integers(-(2**63), 2**63)
        | st.integers(0, 10**9).map(Fen)
        | moments
        | st.builds(TicketLink, st.uuids().map(TicketId), st.integers(0, 2**31))
        | phrases
        | st.lists(phrases, max_size=2).map(tuple)
    )
)
phrases: st.SearchStrategy[Phrase] = st.builds(
    Phrase, words, st.dictionaries(words, params, max_size=2)
)
choices = st.builds(Choice, words, phrases)
says = st.builds(Say, phrases, st.lists(choices, max_size=2).map(tuple))
cards = st.builds(
    Card,
    *(words, phrases, phrases),
    st.lists(st.tuples(phrases, phrases), max_size=2).map(tuple),
    st.lists(st.builds(CardButton, words, phrases, st.integers(1, 4)), max_size=2).map(tuple),
)
people = st.lists(words, max_size=2).map(tuple)
contents: st.SearchStrategy[Content] = st.one_of(
    st.builds(Text, words, words),
    st.builds(Click, words, words, words),
    st.builds(Media, words, fields),
    st.builds(Signal, words, fields),
    st.builds(Unsupported, words, words),
)
bodies: st.SearchStrategy[Body] = st.one_of(
    st.builds(SayInConversation, st.uuids(), says),
    st.builds(Welcome, st.uuids(), words, says),
    st.builds(TellStaff, people, says | cards),
    st.builds(UpdateCard, words, phrases),
    st.builds(IssueCoupon, st.uuids(), words, words, st.builds(BuyerId, words, words)),
    st.builds(PassToPerson, st.uuids(), people),
)
options = st.lists(st.builds(Option, words, phrases, fields), max_size=2).map(tuple)
questions = st.builds(Question, words, words, moments, options, fields, st.integers(1, 9))
dialogues = st.builds(Dialogue, st.none() | questions, fields, st.integers(0, 9))


@given(contents | bodies | dialogues)
def test_every_value_survives_json(value: object) -> None:
    assert CODEC.decode(json.loads(to_json(CODEC.encode(value)))) == value


@given(contents | bodies)
def test_every_value_has_a_kind(value: Content | Body) -> None:
    kinds: dict[type, str] = {**KINDS_OF_CONTENT, **KINDS_OF_BODY}
    assert kinds[type(value)]


def test_every_kind_is_tried() -> None:
    assert set(KINDS_OF_CONTENT) == {Text, Click, Media, Signal, Unsupported}
    assert set(KINDS_OF_BODY) == {
        *(SayInConversation, Welcome, TellStaff, UpdateCard, IssueCoupon, PassToPerson)
    }


def test_a_class_that_is_not_listed_is_refused() -> None:
    with pytest.raises(TypeError):
        CODEC.encode(Exception())
    with pytest.raises(LookupError):
        CODEC.decode({"$": "Exception"})


async def test_jsonb_keeps_money_time_and_nested_phrases(
    library: Database, clock: FrozenClock
) -> None:
    line = Phrase("order.line", {"title": "跑鞋 👟", "price": Fen(12900)})
    phrase = Phrase("order.lines", {"lines": (line, line), "at": clock.now(), "count": 2})
    said = SayInConversation(ConversationId(entry("a").id), Say(phrase, (Choice("go", line),)))
    kept = entry("a", said)
    async with library.open() as books:
        await books.outbox.put([kept], clock.now())
    async with library.open() as books:
        (claimed,) = await books.outbox.claim(clock.now(), clock.now(), 1)
    assert claimed.entry == kept


async def test_jsonb_keeps_every_kind_of_content(library: Database, clock: FrozenClock) -> None:
    kinds: list[Content] = [
        Text("在吗", "go_1"),
        Click("ticket take T-1", "task", "code"),
        Media("image", {"media_id": "m"}),
        Signal("enter_session", {"scene": "s"}),
        Unsupported("new_type", '{"a": 1}'),
    ]
    await put(library, clock, *(message(f"m{n}", kind) for n, kind in enumerate(kinds)))
    lease = await lease_next(library, clock)
    assert lease is not None
    assert [row.incoming.content for row in lease.rows] == kinds


async def test_values_of_another_version_stop_nobody(library: Database, clock: FrozenClock) -> None:
    lost, fine = entry("a", urgent=True), entry("a")
    await put(library, clock, message("m1"))
    async with library.open() as books:
        await books.outbox.put([lost, fine], clock.now())
    async with library.reading() as connection:
        for change in (
            """UPDATE inbox SET content = '{"$": "Poem", "lines": 4}'""",
            """UPDATE conversations SET dialogue = '{"$": "Dialogue", "mood": "good"}'""",
            """UPDATE outbox SET body = '{"$": "Poem"}' WHERE urgent""",
        ):
            await connection.exec_driver_sql(change)
    lease = await lease_next(library, clock)
    assert lease is not None
    assert lease.conversation.dialogue == Dialogue()
    content = lease.rows[0].incoming.content
    assert isinstance(content, Unsupported)
    assert "Poem" in content.raw
    async with library.open() as books:
        assert await books.outbox.claim(clock.now(), clock.now(), 1) == ()
        assert [each.error for each in await books.outbox.dead_letters(9)] == ["unreadable"]
    async with library.open() as books:
        (claimed,) = await books.outbox.claim(clock.now(), clock.now(), 1)
    assert claimed.entry == fine
