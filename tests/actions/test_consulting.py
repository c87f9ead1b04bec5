"""A question on a product: the merchant's own words first, then the consultant, then a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desk.consulting.model import Advice, Fact, FaqEntry, Source
from desk.kernel.messages import Phrase
from desk.tickets.commands import OpenTicket
from tests.actions.chat import Chat
from tests.actions.people import STRANGER

MATERIAL = FaqEntry("学步鞋是什么材质", "鞋面是透气网布，鞋底是硅胶软底。", ("学步鞋",))
GENUINE = FaqEntry("是正品吗", "都是品牌授权的正品。")


@dataclass
class Adviser:
    """A consultant that says what the test says, and keeps what it was asked."""

    advice: Advice | None = None
    asked: list[tuple[str, tuple[Fact, ...]]] = field(default_factory=list)

    async def advise(self, question: str, facts: Sequence[Fact]) -> Advice | None:
        self.asked.append((question, tuple(facts)))
        return self.advice


def shop(advice: Advice | None = None) -> tuple[Chat, Adviser]:
    chat, adviser = Chat(STRANGER), Adviser(advice)
    chat.desk = replace(chat.desk, faq=(MATERIAL, GENUINE), consultant=adviser)
    return chat, adviser


async def test_what_the_merchant_has_written_is_the_answer_with_its_source() -> None:
    chat, adviser = shop()
    read = await chat.says("学步鞋是什么材质", "product_consult", product="学步鞋")
    assert read[0] == f"{MATERIAL.answer}\n（来自店铺常见问题）"
    assert chat.did(OpenTicket) == []
    assert adviser.asked == []


async def test_a_question_on_no_product_is_answered_too() -> None:
    chat, _ = shop()
    read = await chat.says("你们是正品吗", "product_consult")
    assert read[0].startswith(GENUINE.answer)


async def test_what_is_not_written_word_for_word_goes_to_the_consultant_with_the_facts() -> None:
    chat, adviser = shop(Advice("鞋底是软的。", (Source.CATALOGUE, Source.FAQ)))
    read = await chat.says("学步鞋鞋底软不软呀", "product_consult", product="学步鞋")
    assert read[0] == "鞋底是软的。\n（来自商品页和店铺常见问题）"
    (asked,) = adviser.asked
    texts = [fact.text for fact in asked[1]]
    assert any("学步鞋" in text for text in texts)
    assert any(text.startswith("尺码：20、21") for text in texts)
    assert any(MATERIAL.answer in text for text in texts)
    assert chat.did(OpenTicket) == []


async def test_a_consultant_who_does_not_know_leaves_it_to_a_person() -> None:
    chat, _ = shop(None)
    await chat.says("学步鞋鞋底软不软呀", "product_consult", product="学步鞋")
    (ticket,) = chat.did(OpenTicket)
    assert "学步鞋鞋底软不软呀" in ticket.summary


async def test_of_health_only_the_merchant_or_a_person_speaks() -> None:
    chat, adviser = shop(Advice("可以的。", (Source.FAQ,)))
    await chat.says("宝宝湿疹能穿学步鞋吗", "product_consult", product="学步鞋")
    assert adviser.asked == []
    assert len(chat.did(OpenTicket)) == 1


async def test_the_customer_can_always_tap_for_a_person() -> None:
    chat, _ = shop()
    await chat.says("学步鞋是什么材质", "product_consult", product="学步鞋")
    (line,) = chat.menu
    assert line.label == Phrase("intent.menu.human_handoff", {})
