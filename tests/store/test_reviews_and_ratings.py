"""Reviews are settled once and come in order; ratings are counted with who served."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from desk.conversations.incoming import ChannelName, Text
from desk.conversations.model import TurnNote
from desk.conversations.outgoing import SayInConversation
from desk.kernel.ids import ConversationId, CustomerId, InboxId, RatingId, ReviewId, uuid7
from desk.kernel.messages import Say, phrase
from desk.ratings.model import Rating
from desk.reviews.model import PastTurn, Review, ReviewKind, ReviewState
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import conversation, entry, message, worked

DAY = timedelta(days=1)


def review_of(talk: ConversationId, customer: CustomerId, *said: InboxId) -> Review:
    return Review(
        id=ReviewId(uuid7()),
        number=0,
        kind=ReviewKind.LOW,
        conversation=talk,
        customer=customer,
        said=said,
        intent="logistics_query",
        confidence=0.5,
        alternatives=("order_status", "logistics_delay"),
        kept_at=NOON,
    )


async def kept(library: Database, clock: FrozenClock, count: int = 1) -> list[Review]:
    """Reviews of one customer, as they were kept."""
    talk, customer, row = await conversation(library, clock)
    reviews = [review_of(talk.id, customer, row.id) for _ in range(count)]
    async with library.open() as books:
        for each in reviews:
            await books.reviews.keep(each)
    return reviews


async def test_a_review_comes_back_as_it_was_with_a_number(
    library: Database, clock: FrozenClock
) -> None:
    (review,) = await kept(library, clock)
    (found,) = await library.reviews.waiting(10)
    assert found == replace(review, number=1)
    assert await library.reviews.by_number(1) == found
    assert await library.reviews.by_number(2) is None
    assert await library.reviews.counts() == {ReviewKind.LOW: 1}


async def test_keeping_it_again_keeps_one(library: Database, clock: FrozenClock) -> None:
    (review,) = await kept(library, clock)
    async with library.open() as books:
        await books.reviews.keep(review)
    assert len(await library.reviews.waiting(10)) == 1


async def test_of_ten_who_settle_at_once_one_is_first(
    library: Database, clock: FrozenClock
) -> None:
    await kept(library, clock)
    (review,) = await library.reviews.waiting(1)

    async def settle(number: int) -> bool:
        async with library.open() as books:
            return await books.reviews.settle(
                review, ReviewState.CORRECTED, "order_status", f"u{number}", NOON
            )

    first = await asyncio.gather(*(settle(number) for number in range(10)))
    assert sum(first) == 1
    current = await library.reviews.by_number(review.number)
    assert current is not None
    assert current.by == f"u{first.index(True)}"
    assert await library.reviews.waiting(10) == ()


async def test_of_two_who_answer_one_is_first(library: Database, clock: FrozenClock) -> None:
    await kept(library, clock)
    (review,) = await library.reviews.waiting(1)
    async with library.open() as books:
        assert await books.reviews.answered(review, "amei", NOON)
        assert not await books.reviews.answered(review, "xiaolu", NOON)
    current = await library.reviews.by_number(review.number)
    assert current is not None
    assert current.answered_by == "amei"


async def test_what_is_put_off_comes_last(library: Database, clock: FrozenClock) -> None:
    await kept(library, clock, 3)
    first = (await library.reviews.waiting(1))[0]
    async with library.open() as books:
        await books.reviews.put_off(first, NOON)
    assert [each.number for each in await library.reviews.waiting(10)] == [2, 3, 1]


async def test_who_was_promised_a_person_is_found_until_handed_over(
    library: Database, clock: FrozenClock
) -> None:
    (review,) = await kept(library, clock)
    promised = replace(review, id=ReviewId(uuid7()), promised=True)
    async with library.open() as books:
        await books.reviews.keep(promised)
        assert [each.id for each in await books.reviews.promised(10)] == [promised.id]
        assert await books.reviews.is_promised(review.conversation)
        await books.reviews.handed_over([promised.id], NOON)
        assert await books.reviews.promised(10) == ()
        assert not await books.reviews.is_promised(review.conversation)
    assert len(await library.reviews.waiting(10)) == 2


async def test_a_correction_is_exported_once(library: Database, clock: FrozenClock) -> None:
    await kept(library, clock, 2)
    first, second = await library.reviews.waiting(2)
    async with library.open() as books:
        await books.reviews.settle(first, ReviewState.CORRECTED, "order_status", "amei", NOON)
        await books.reviews.settle(second, ReviewState.ACCEPTED, "", "amei", NOON)
    (found,) = await library.reviews.corrections(10)
    assert (found.id, found.corrected) == (first.id, "order_status")
    async with library.open() as books:
        await books.reviews.exported([first.id], NOON)
    assert await library.reviews.corrections(10) == ()


async def test_the_words_of_a_turn_are_the_customers_and_the_bots(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(
        library, clock, message("m1", Text("我的鞋")), message("m2", Text("到哪了"))
    )
    assert lease.conversation.customer is not None
    rows = tuple(row.id for row in lease.rows)
    talk = lease.conversation.id
    answer = SayInConversation(talk, Say(phrase("logistics.no_trace")))
    elsewhere = SayInConversation(ConversationId(uuid7()), Say(phrase("greet.hello")))
    async with library.open() as books:
        await books.outbox.put(
            [entry("a", answer, cause=rows[0]), entry("b", elsewhere, cause=rows[0])], NOON
        )
    review = review_of(talk, lease.conversation.customer, *rows)
    exchange = await library.reviews.exchange(review)
    assert exchange.text == "我的鞋 到哪了"
    assert [each.key for each in exchange.answers] == ["logistics.no_trace"]
    async with library.open() as books:
        await books.inbox.erase(ChannelName.KF, "m1")
    assert (await library.reviews.exchange(review)).text == "到哪了"


async def test_past_turns_are_the_last_ones_of_this_conversation_in_order(
    library: Database, clock: FrozenClock
) -> None:
    lease = await worked(library, clock, *(message(f"m{n}") for n in range(4)))
    other = await worked(library, clock, message("x", person="wm2"))
    rows = [row.id for row in lease.rows]
    notes = [
        TurnNote(rows[0], "stock_check", 0.9, "nlu"),
        TurnNote(rows[1], "price_query", 0.3, "unsure"),
        TurnNote(rows[2], "deaf", 0.0, "none"),
        TurnNote(rows[3], "order_status", 0.9, "menu"),
        TurnNote(other.rows[0].id, "greet", 0.9, "nlu"),
    ]
    async with library.open() as books:
        for note in notes:
            await books.conversations.note_turn(note, NOON)
    past = await library.reviews.past(lease.conversation.id, NOON - DAY, 3)
    assert past == (
        PastTurn("price_query", False, "在吗"),
        PastTurn("deaf", False, "在吗"),
        PastTurn("order_status", True, "在吗"),
    )
    later = NOON + timedelta(seconds=1)
    assert await library.reviews.past(lease.conversation.id, later, 3) == ()


async def test_ratings_are_counted_on_the_day_they_were_given(
    library: Database, clock: FrozenClock
) -> None:
    talk, customer, _ = await conversation(library, clock)
    scores = (5, 3, 1, None)
    async with library.open() as books:
        await books.customers.name(customer, "咪咪妈")
        for number, score in enumerate(scores):
            asked = NOON + timedelta(minutes=number)
            rating = Rating(RatingId(uuid7()), talk.id, customer, "amei", asked)
            await books.ratings.ask(rating)
            await books.ratings.ask(rating)
            if score is not None:
                await books.ratings.rate(replace(rating, score=score, words="等太久"), asked)
    figures = await library.insights.figures(NOON, NOON + DAY, timedelta(seconds=90))
    assert (figures.ratings, figures.ratings_sum) == (3, 9)
    (low,) = figures.low_ratings
    assert (low.nickname, low.external_userid, low.servicer, low.score, low.words) == (
        "咪咪妈",
        "wm1",
        "amei",
        1,
        "等太久",
    )
    before = await library.insights.figures(NOON - DAY, NOON, timedelta(seconds=90))
    assert (before.ratings, before.low_ratings) == (0, ())
    last = await library.ratings.last_asked(talk.id, NOON)
    assert last is not None
    assert last.asked_at == NOON + timedelta(minutes=3)
    assert await library.ratings.last_asked(talk.id, NOON + timedelta(minutes=4)) is None
