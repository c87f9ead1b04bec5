"""Coupons, members, stores, appointments, pictures, courtesy."""

from datetime import UTC, datetime

import pytest

from desk.conversations.commands import Ask, ShowList
from desk.coupons.commands import GrantCoupon
from desk.customers.commands import RecordView, StopPushes
from desk.shops.powers import Member
from desk.tickets.commands import OpenTicket
from desk.tickets.model import TicketKind
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, MIMI_THERE, PRAM, SHIPPED, SHOES
from tests.actions.people import MIMI, STRANGER


async def test_coupons_are_listed_and_one_goes_into_a_proven_account() -> None:
    chat = Chat(MIMI)
    read = await chat.says("有券吗", "coupon_query")
    assert "有赞商城：满200减20" in read[0]
    assert [each.policy for each in chat.did(GrantCoupon)] == ["full-200-20"]
    await chat.coupons_arrive()
    read = await chat.says("我有什么券", "coupon_query")
    assert read[0].startswith("您已有的券：")
    assert chat.did(GrantCoupon) == []


async def test_a_coupon_that_is_on_its_way_is_not_given_again() -> None:
    chat = Chat(MIMI)
    await chat.says("奶粉有吗", "stock_check", product="奶粉")
    assert len(chat.did(GrantCoupon)) == 1
    await chat.says("有券吗", "coupon_query")
    assert chat.did(GrantCoupon) == []


async def test_an_apology_is_not_on_offer() -> None:
    chat = Chat(MIMI)
    read = await chat.says("有券吗", "coupon_query")
    assert "10元无门槛券" not in "".join(read)


async def test_a_coupon_that_cannot_be_used_is_looked_into() -> None:
    chat = Chat(MIMI)
    await chat.says("券用不了怎么回事", "coupon_query")
    assert len(chat.did(OpenTicket)) == 1
    assert chat.did(GrantCoupon) == []


async def test_without_coupons_nothing_is_promised() -> None:
    chat = Chat(MIMI)
    chat.use_policies()
    await chat.says("有券吗", "coupon_query")
    assert [each.phrase.key for each in chat.said] == ["coupon.none"]
    await chat.says("有什么活动", "promotion_query")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]


async def test_the_rules_of_a_promotion_are_a_persons_answer() -> None:
    chat = Chat(STRANGER)
    await chat.says("有什么活动", "promotion_query")
    assert chat.did(OpenTicket) == []
    await chat.says("拼团怎么参加", "promotion_query")
    assert len(chat.did(OpenTicket)) == 1


async def test_members_hear_level_and_points() -> None:
    chat = Chat(MIMI)
    assert await chat.says("我多少积分", "member_query") == ["【有赞商城】金卡，1280 积分"]
    chat.youzan.members = {MIMI_THERE: Member("银卡", None)}
    assert await chat.says("我什么等级", "member_query") == ["【有赞商城】银卡"]


async def test_who_is_no_member_hears_so() -> None:
    chat = Chat(MIMI)
    chat.youzan.members = {}
    await chat.says("我多少积分", "member_query")
    assert chat.labels == ["找人工客服"]


async def test_a_stranger_proves_two_orders_and_hears_the_points() -> None:
    chat = Chat(STRANGER)
    await chat.says("我多少积分", "member_query")
    await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number)
    assert "另一笔" in (await chat.says("2345"))[0]
    read = await chat.says(ARRIVED.number, "order_status", order_id=ARRIVED.number)
    assert read == ["【有赞商城】金卡，1280 积分"]


@pytest.mark.parametrize(
    ("text", "slots", "shown"),
    [
        ("上海有店吗", {"city": "上海"}, ["徐家汇店"]),
        ("滨江店几点关门", {"store": "滨江店"}, ["滨江店"]),
        ("徐汇有吗", {}, ["徐家汇店"]),
        ("门店在哪", {}, ["徐家汇店", "滨江店"]),
        ("北京有吗", {"city": "北京"}, []),
    ],
)
async def test_stores_are_found_by_what_was_said(
    text: str, slots: dict[str, str], shown: list[str]
) -> None:
    chat = Chat(STRANGER)
    read = await chat.says(text, "store_locate", **slots)
    assert [name for name in ("徐家汇店", "滨江店") if f"{name}：" in read[0]] == shown


async def test_a_place_gets_the_stores_within_reach() -> None:
    chat = Chat(STRANGER)
    read = await chat.sends("location", latitude="31.20", longitude="121.44")
    assert "约 1.5 公里，徐家汇店" in read[0]
    assert "滨江店" not in read[0]


async def test_a_place_far_from_all_stores_gets_the_nearest_and_is_told_so() -> None:
    chat = Chat(STRANGER)
    read = await chat.sends("location", latitude="39.9", longitude="116.4")
    assert "50 公里内没有门店" in read[0]
    assert "徐家汇店" in read[0]
    assert "滨江店" not in read[0]


async def test_a_place_without_coordinates_goes_to_a_person() -> None:
    chat = Chat(STRANGER)
    await chat.sends("location", name="人民广场", latitude="?")
    assert len(chat.did(OpenTicket)) == 1


async def test_an_appointment_is_noted_at_once_and_asked_for_its_time_after_that() -> None:
    chat = await with_templates(Chat(MIMI))
    await chat.says("想预约上门安装空调，地址是文三路1号", "appointment_book")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.APPOINTMENT]
    assert [each.expects for each in chat.did(Ask)] == ["form.day"]
    await chat.says("周六下午三点", "appointment_book", date="周六下午三点")
    ticket = only_ticket(chat)
    assert "想预约上门安装空调" in ticket.summary
    assert ticket.fields["day"] == "2026-11-21 15:00"
    assert ticket.fields["time"] == "afternoon"


async def test_who_cannot_say_when_is_not_asked_twice() -> None:
    chat = await with_templates(Chat(MIMI))
    await chat.says("想预约上门安装空调，地址是文三路1号", "appointment_book")
    await chat.says("都行你们安排", "appointment_book")
    assert [each.expects for each in chat.did(Ask)] == ["form.time"]
    assert "都行你们安排" in chat.books.tickets.events[-1].note


async def test_when_the_fitter_comes_is_not_answered_with_a_question() -> None:
    chat = Chat(MIMI)
    await chat.says("安装师傅什么时候来", "appointment_book")
    assert len(chat.did(OpenTicket)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://shop.example/p?scene_param=item:youzan-main:104"},
        {"url": "https://shop.example/p?scene_param=item%3Ayouzan-main%3A104"},
        {"title": "婴儿推车轻便", "url": "https://shop.example/p/104"},
    ],
    ids=["mark", "mark in an address", "title"],
)
async def test_a_shared_product_is_remembered_and_answered(fields: dict[str, str]) -> None:
    chat = Chat(STRANGER)
    read = await chat.sends("link", **fields)
    assert [each.item for each in chat.did(RecordView)] == [PRAM]
    assert read[0].startswith("婴儿推车轻便：")
    assert chat.books.customers.kept[STRANGER.id].viewed[0].item == PRAM


async def test_a_page_that_shows_no_product_goes_to_a_person() -> None:
    chat = Chat(STRANGER)
    await chat.sends("link", title="今天的新闻", url="https://news.example/1")
    assert len(chat.did(OpenTicket)) == 1


@pytest.mark.parametrize("kind", ["image", "video", "file", "voice", "merged_msg"])
async def test_what_cannot_be_read_is_looked_at_by_a_person(kind: str) -> None:
    chat = Chat(STRANGER)
    await chat.sends(kind, media_id="m1")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]


async def test_a_picture_joins_the_claim_that_it_belongs_to() -> None:
    chat = Chat(MIMI)
    await chat.says("付不了款", "payment_issue")
    await chat.says("收到就坏了", "after_sales_claim", order_id=ARRIVED.number)
    read = await chat.sends("image", media_id="m1")
    assert [(each.kind, each.order_no) for each in chat.did(OpenTicket)] == [
        (TicketKind.AFTER_SALES, ARRIVED.number)
    ]
    assert len(read) == 1
    assert len(chat.books.tickets.kept) == 2


async def test_a_written_placeholder_is_a_picture() -> None:
    chat = Chat(STRANGER)
    await chat.says("[图片]", "out_of_scope")
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(1, "早上好"), (4, "中午好"), (7, "下午好"), (12, "晚上好"), (19, "您好")],
)
async def test_the_greeting_knows_the_time_of_day(hour: int, greeting: str) -> None:
    chat = Chat(MIMI)
    chat.clock.at = datetime(2026, 11, 21, hour, tzinfo=UTC)
    read = await chat.says("你好", "greet")
    assert read[0].startswith(f"{greeting}，咪咪妈！")


async def test_yes_and_no_without_a_question_harm_nobody() -> None:
    chat = Chat(MIMI)
    for text, intent in (("好的", "affirm"), ("不用", "deny")):
        await chat.says(text, intent)
        assert {type(each) for each in chat.last.do} <= {ShowList}


async def test_yes_to_an_open_question_says_what_is_still_needed() -> None:
    chat = Chat(STRANGER)
    await chat.says("查快递", "logistics_query")
    read = await chat.says("好的", "affirm")
    assert "订单号" in read[0]
    await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number)
    assert "后四位" in chat.heard[-1]


async def test_no_drops_the_open_question() -> None:
    chat = Chat(STRANGER)
    await chat.says("查快递", "logistics_query")
    await chat.says("算了", "deny")
    assert chat.conversation.dialogue.pending is None


async def test_no_more_pushes_is_done_at_once_and_said() -> None:
    chat = Chat(MIMI)
    await chat.says("别再发了", "unsubscribe")
    assert chat.did(StopPushes) == [StopPushes(MIMI.id)]
    assert chat.books.customers.kept[MIMI.id].asked_not_to_push


async def test_health_is_left_to_doctors() -> None:
    chat = Chat(MIMI)
    read = await chat.says("宝宝发烧吃什么药", "out_of_scope")
    assert "医生" in read[0]


async def test_the_bot_does_not_pretend() -> None:
    chat = Chat(MIMI)
    read = await chat.says("你是机器人吗", "bot_challenge")
    assert "不是真人" in read[0]
    assert chat.labels == ["找人工客服"]


async def test_a_viewed_product_is_the_one_meant_next() -> None:
    chat = Chat(STRANGER)
    await chat.sends("link", url="x?scene_param=item:youzan-main:101")
    assert chat.conversation.dialogue.focus["item"] == f"youzan-main:{SHOES.item}"
    read = await chat.says("22码有吗", "stock_check", size="22码")
    assert "22码" in read[0]


async def test_a_day_alone_makes_no_appointment() -> None:
    chat = Chat(STRANGER)
    await chat.says(
        "我要买个待产包 你们有什么推荐的 预产期下个月", "appointment_book", date="下个月"
    )
    assert [each.kind for each in chat.did(OpenTicket)] == [TicketKind.CONSULT]
    assert "预约" not in chat.heard[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [("学步鞋多少钱", "price.answer"), ("学步鞋有货伐", "stock.answer")],
)
async def test_goods_of_the_shops_are_never_out_of_scope(text: str, key: str) -> None:
    chat = Chat(STRANGER)
    await chat.says(text, "out_of_scope")
    assert chat.said[0].phrase.key.startswith(key)


async def test_the_price_of_what_nobody_sells_stays_out_of_scope() -> None:
    chat = Chat(STRANGER)
    await chat.says("比特币多少钱一个", "out_of_scope")
    assert chat.said[0].phrase.key == "small_talk.beyond_me"
