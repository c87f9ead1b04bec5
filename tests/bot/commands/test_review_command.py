"""/review: one after the other, by typing or by a button, and who comes second hears so."""

from dataclasses import replace

import pytest

from bot.commands.intent_words import alike, intent_called
from bot.phrases import PHRASES, load_phrases
from bot.turn.render import Renderer
from bot.wecom.cards import card_body
from bot.wecom.render import split_text
from desk.conversations.outgoing import SayInConversation
from desk.kernel.ids import InboxId, ReviewId, derived
from desk.kernel.messages import Card, phrase
from desk.phrases.book import PhraseBook
from desk.reviews.intents import INTENTS
from desk.reviews.model import Exchange, PastTurn, Review, ReviewKind, ReviewState
from tests.bot.commands.room import Room
from tests.clocks import NOON
from tests.desk.work.house import CHAT, MIMI, cards, heard, told, updates
from tests.fakes.staff import AMEI, XIAOLU

ROOT = PHRASES.parent.parent.parent
UNSURE = Review(
    id=ReviewId(derived("first")),
    number=1,
    kind=ReviewKind.UNSURE,
    conversation=CHAT.id,
    customer=MIMI.id,
    said=(InboxId(derived("row")),),
    intent="",
    confidence=0.41,
    alternatives=("return_request", "exchange_request"),
    kept_at=NOON,
)
LOW = replace(
    UNSURE,
    id=ReviewId(derived("second")),
    number=2,
    kind=ReviewKind.LOW,
    intent="logistics_query",
    alternatives=("logistics_delay",),
)


@pytest.fixture
def full(room: Room) -> Room:
    reviews = room.house.books.reviews
    reviews.kept |= {1: UNSURE, 2: LOW}
    asked = "那个能弄吗，打给我13812345678"
    reviews.said[1] = Exchange(asked, (phrase("fallback.which"),))
    reviews.said[2] = Exchange("", (phrase("fallback.person_follows"),))
    reviews.before = (PastTurn("stock_check", True), PastTurn("x", False))
    return room


async def card(room: Room, line: str) -> Card:
    (reply,) = (await room.outcome(line, AMEI)).say
    assert isinstance(reply, Card)
    return reply


async def test_the_next_one_is_shown_with_all_it_takes_to_judge(full: Room) -> None:
    shown = await card(full, "/复核")
    rendered = Renderer(PhraseBook(load_phrases()), full.house.clock, split_text).card(shown)
    assert rendered.title == "复核 1：没听懂"
    assert rendered.subtitle == (
        "顾客：“那个能弄吗，打给我〔电话〕”\n"
        "机器人：不太确定您想问的是哪件事，点一下最接近的，或者换个说法告诉我："
    )
    assert rendered.rows == (
        ("顾客", "咪咪妈，今天 12:00"),
        ("读作", "没读明白"),
        ("前后聊过", "查库存、没听懂"),
        ("也可以", "/复核 1 改 意图　/复核 1 答 内容"),
    )
    assert [label for _, label, _ in rendered.buttons] == ["读对了", "退货退款", "换货", "跳过"]
    assert card_body(rendered)["task_id"] == shown.task


async def test_each_showing_is_a_card_of_its_own(full: Room) -> None:
    assert (await card(full, "/复核")).task != (await card(full, "/复核")).task


async def test_what_was_recalled_is_not_shown(full: Room) -> None:
    shown = await card(full, "/review 2")
    rendered = Renderer(PhraseBook(load_phrases()), full.house.clock, split_text).card(shown)
    assert "（顾客已撤回）" in rendered.subtitle
    assert ("读作", "查快递（把握 41%）") in rendered.rows


async def test_a_button_corrects_and_closes_its_card(full: Room) -> None:
    shown = await card(full, "/复核")
    fix = next(each for each in shown.buttons if "return_request" in each.key)
    bodies = await full.carry_out(fix.key, AMEI)
    review = full.house.books.reviews.kept[1]
    assert (review.state, review.corrected, review.by) == (
        ReviewState.CORRECTED,
        "return_request",
        "amei",
    )
    assert updates(bodies) == ((shown.task, phrase("review.card.corrected")),)
    (said,) = told(bodies, "amei")
    assert (said.key, said.params["left"]) == (
        "review.corrected",
        phrase("review.left_next", count=1),
    )


async def test_after_a_button_the_next_one_comes_by_itself(full: Room) -> None:
    shown = await card(full, "/复核")
    ((to, following),) = cards(await full.carry_out(shown.buttons[0].key, AMEI))
    assert to == ("amei",)
    assert following.title.params["number"] == 2
    assert cards(await full.carry_out(following.buttons[0].key, AMEI)) == ()
    assert cards(await full.carry_out("/复核 1 好", AMEI)) == ()


@pytest.mark.parametrize(
    "line", ["/复核 1 改 return_request", "/review 1 fix 退货", "/复核1号 改成 退货退款"]
)
async def test_a_line_corrects_by_label_or_by_name(full: Room, line: str) -> None:
    await full.carry_out(line, AMEI)
    assert full.house.books.reviews.kept[1].corrected == "return_request"


@pytest.mark.parametrize("line", ["/复核 2 好", "/review 2 ok", "/复核 2 改 查快递"])
async def test_who_agrees_corrects_nothing(full: Room, line: str) -> None:
    await full.carry_out(line, AMEI)
    review = full.house.books.reviews.kept[2]
    assert (review.state, review.corrected) == (ReviewState.ACCEPTED, "")


async def test_of_two_the_second_hears_who_was_first(full: Room) -> None:
    await full.carry_out("/复核 1 改 换货", AMEI)
    bodies = await full.carry_out("/复核 1 好", XIAOLU)
    (said,) = told(bodies, "xiaolu")
    assert (said.key, said.params["name"]) == ("review.settled_before", "阿美")
    assert full.house.books.reviews.kept[1].by == "amei"


async def test_what_is_skipped_comes_after_the_others(full: Room) -> None:
    await full.carry_out("/复核 1 跳过", AMEI)
    assert (await card(full, "/复核")).title.params["number"] == 2
    await full.carry_out("/复核 2 好", AMEI)
    assert (await card(full, "/复核")).title.params["number"] == 1


async def test_an_answer_goes_to_the_customer_once(full: Room) -> None:
    bodies = await full.carry_out("/复核 1 答 可以退的 ，明天寄回就行", AMEI)
    assert [each.key for each in heard(bodies)] == ["review.answer"]
    assert heard(bodies)[0].params["text"] == "可以退的 ，明天寄回就行"
    again = await full.carry_out("/复核 1 答 我也来说一句", XIAOLU)
    assert not any(isinstance(each, SayInConversation) for each in again)
    (said,) = told(again, "xiaolu")
    assert (said.key, said.params["name"]) == ("review.answered_before", "阿美")
    assert full.house.books.reviews.kept[1].state is ReviewState.OPEN


async def test_the_list_counts_and_names(full: Room) -> None:
    assert await full.hear("/复核 列表", AMEI) == (
        "待复核：\n"
        "· 没听懂 1 条\n"
        "· 把握不大 1 条\n"
        "1 号（没听懂）“那个能弄吗，打给我〔电话〕”\n"
        "2 号（把握不大）（顾客已撤回）\n"
        "一条一条看：/复核"
    )


async def test_an_empty_list_is_said(room: Room) -> None:
    assert await room.hear("/复核", AMEI) == "没有要复核的对话。"
    assert await room.hear("/复核 列表", AMEI) == "没有要复核的对话。"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/复核 九", "“九”不是复核编号。"),
        ("/复核 1 删", "不认识“删”。"),
        ("/复核 1 改", "要改成哪个意图？"),
        ("/复核 1 改 退换货", "是不是：退货、换货"),
        ("/复核 1 改 xyz", "没有叫“xyz”的意图。"),
        ("/复核 1 答", "要回复顾客什么？"),
        ("/复核 99", "没有 99 号待复核。"),
    ],
)
async def test_a_wrong_line_is_told_what_is_wrong(full: Room, line: str, says: str) -> None:
    assert says in await full.hear(line, AMEI)


async def test_a_number_that_is_not_there_is_said(full: Room) -> None:
    (said,) = told(await full.carry_out("/复核 99 好", AMEI), "amei")
    assert said.key == "review.unknown"


def test_the_intents_are_those_that_the_nlu_learns() -> None:
    learnt = {each.stem for each in (ROOT / "nlu_data" / "intents").glob("*.yml")}
    assert set(INTENTS) == learnt
    assert len(INTENTS) == len(learnt)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_named_by_its_label_and_by_what_menus_call_it(intent: str) -> None:
    texts = load_phrases()
    assert intent_called(intent) == intent
    assert intent_called(texts[f"intent.menu.{intent}"]) == intent


def test_words_that_could_mean_several_name_none() -> None:
    assert intent_called("货") is None
    assert intent_called("") is None
    assert "退货" in alike("退换货")
