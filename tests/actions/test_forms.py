"""Forms in the chat: the ticket is open at once, what was said fills it, the rest is asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.conversations.commands import Ask
from desk.tickets.commands import OpenTicket
from desk.tickets.filling.commands import SetFields
from desk.tickets.model import TicketKind, TicketState
from tests.actions.chat import Chat
from tests.actions.forms import only_ticket, with_templates
from tests.actions.goods import ARRIVED, PAID
from tests.actions.people import MIMI
from tests.actions.test_orders import with_orders

COMPANY = "上海咪咪科技有限公司"
TAX = "91310000MA1K4X5X5X"


async def _invoice(text: str = "开发票") -> Chat:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says(text, "invoice_request")
    return chat


def _asked(chat: Chat) -> list[str]:
    return [each.expects for each in chat.did(Ask)]


async def test_the_number_comes_first_and_the_first_question_in_the_same_breath() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    read = await chat.says("开发票", "invoice_request")
    assert "T-20261121-0001" in read[-2]
    assert read[-1] == "发票开给个人还是企业？"
    assert chat.labels == ["个人", "企业"]
    assert only_ticket(chat).state is TicketState.OPEN


async def test_one_question_after_the_other_until_all_is_there() -> None:
    chat = await _invoice()
    await chat.taps("企业")
    assert _asked(chat) == ["form.title"]
    await chat.says(COMPANY, "store_locate", city="上海")
    assert _asked(chat) == ["form.tax_number"]
    await chat.says(TAX)
    assert _asked(chat) == ["form.email"]
    read = await chat.says("mimi@example.com")
    assert _asked(chat) == []
    assert f"税号：{TAX}" in read[-1]
    assert only_ticket(chat).fields == {
        "type": "company",
        "title": COMPANY,
        "tax_number": TAX,
        "email": "mimi@example.com",
    }


async def test_what_was_told_at_once_is_shown_and_not_asked_for() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    told = f"开发票，抬头{COMPANY} 税号{TAX} 发mimi@example.com"
    read = await chat.says(told, "invoice_request")
    assert _asked(chat) == []
    assert f"发票抬头：{COMPANY}" in read[-1]
    assert only_ticket(chat).fields["type"] == "company"


async def test_answers_come_in_any_order_and_several_in_one_message() -> None:
    chat = await _invoice()
    await chat.says("抬头是咪咪妈，邮箱mimi@example.com")
    assert _asked(chat) == ["form.type"]
    await chat.says("个人的")
    assert only_ticket(chat).fields == {
        "type": "personal",
        "title": "咪咪妈",
        "email": "mimi@example.com",
    }


@pytest.mark.parametrize("words", ["2", "第二个", "企业", "公司的", "是企业"])
async def test_a_choice_is_counted_off_or_named(words: str) -> None:
    chat = await _invoice()
    await chat.says(words)
    assert only_ticket(chat).fields == {"type": "company"}


async def test_a_condition_decides_what_is_asked_next() -> None:
    chat = await _invoice()
    await chat.taps("个人")
    await chat.says("咪咪妈")
    assert _asked(chat) == ["form.email"]


@pytest.mark.parametrize(
    "words",
    ["抬头写错了，应该是王小米", "抬头改成王小米", "刚才写错了，是王小米", "打错字了，王小米"],
)
async def test_an_answer_is_put_right_also_after_the_last_question(words: str) -> None:
    chat = await _invoice("个人开发票，发mimi@example.com")
    await chat.says("王大米")
    read = await chat.says(words)
    assert only_ticket(chat).fields["title"] == "王小米"
    assert "发票抬头改成“王小米”了" in read[0]


async def test_who_does_not_know_is_asked_the_next_thing() -> None:
    chat = await _invoice("公司开发票")
    await chat.says("不知道，晚点发")
    assert _asked(chat) == ["form.tax_number"]
    await chat.says("没有")
    await chat.says("先不填")
    assert _asked(chat) == []
    assert only_ticket(chat).fields == {"type": "company"}
    read = await chat.says("开发票", "invoice_request")
    assert "工单号 T-20261121-0001" in "".join(read)
    assert _asked(chat) == []


async def test_what_was_left_open_is_taken_when_it_comes_later() -> None:
    chat = await _invoice("公司开发票")
    for _ in range(3):
        await chat.says("跳过")
    chat.clock.turn(timedelta(hours=46))
    await chat.says(f"税号{TAX}")
    assert only_ticket(chat).fields["tax_number"] == TAX


async def test_two_answers_that_cannot_be_taken_are_a_note_and_it_goes_on() -> None:
    chat = await _invoice(f"公司开发票，抬头{COMPANY}")
    read = await chat.says("9131")
    assert "税号是 15 到 20 位" in read[0]
    assert _asked(chat) == ["form.tax_number"]
    read = await chat.says("还在办呢")
    assert _asked(chat) == ["form.email"]
    assert chat.books.tickets.events[-1].note == "税号（原话）：还在办呢"


@pytest.mark.parametrize("words", ["😂😂", "哈" * 2000, "？？？"])
async def test_what_is_no_answer_at_all_breaks_nothing(words: str) -> None:
    chat = await _invoice("公司开发票")
    await chat.writes(words)
    assert "title" not in only_ticket(chat).fields
    await chat.says(COMPANY)
    assert only_ticket(chat).fields["title"] == COMPANY


async def test_another_question_is_answered_and_the_form_comes_back_once() -> None:
    chat = await _invoice("公司开发票")
    read = await chat.says("奶粉有货吗", "stock_check", product="奶粉")
    assert "奶粉" in read[0]
    assert "刚才的开发票还差一项：抬头写什么呢" in read[-1]
    read = await chat.says("有优惠券吗", "coupon_query")
    assert "还差一项" not in "".join(read)
    await chat.says(COMPANY)
    assert only_ticket(chat).fields["title"] == COMPANY


async def test_a_question_about_the_field_is_no_answer_to_it() -> None:
    chat = await _invoice(f"公司开发票，抬头{COMPANY}")
    await chat.says("税号在哪里看", "invoice_request")
    assert "tax_number" not in only_ticket(chat).fields


async def test_a_nod_is_no_answer() -> None:
    chat = await _invoice("公司开发票")
    await chat.says("好的", "affirm")
    await chat.says("谢谢", "thank")
    assert only_ticket(chat).fields == {"type": "company"}
    await chat.says(COMPANY)
    assert only_ticket(chat).fields["title"] == COMPANY


@pytest.mark.parametrize("words", ["算了", "不开了"])
async def test_a_wish_that_is_taken_back_ends_the_form(words: str) -> None:
    chat = await _invoice()
    read = await chat.says(words, "deny")
    assert "告诉同事了" in read[0]
    assert chat.conversation.dialogue.pending is None


async def test_the_same_wish_again_asks_for_what_is_missing_and_opens_nothing() -> None:
    chat = await _invoice()
    await chat.taps("企业")
    await chat.says("开发票", "invoice_request")
    assert _asked(chat) == ["form.title"]
    assert only_ticket(chat).fields == {"type": "company"}


async def test_a_second_ticket_waits_with_its_questions_until_the_first_form_is_done() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("尺码小了想退货", "return_request")
    assert _asked(chat) == ["form.way_back"]
    await chat.says("再给我开个发票", "invoice_request")
    kinds = {each.kind for each in chat.books.tickets.kept.values()}
    assert kinds == {TicketKind.RETURN, TicketKind.INVOICE}
    assert _asked(chat) == []
    read = await chat.says("我自己寄")
    assert _asked(chat) == ["form.type"]
    assert "另外，开发票还想跟您核对一下" in read[-1]
    await chat.says("个人")
    fields = {each.kind: dict(each.fields) for each in chat.books.tickets.kept.values()}
    assert fields[TicketKind.RETURN] == {"reason": "size", "way_back": "self"}
    assert fields[TicketKind.INVOICE] == {"type": "personal"}


async def test_a_picture_answers_the_question_for_one() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("收到就坏了", "after_sales_claim")
    assert _asked(chat) == ["form.picture"]
    read = await chat.sends("image", media_id="m-1")
    assert read[0].startswith("照片收到了。")
    assert only_ticket(chat).fields["picture"] == "m-1"
    assert _asked(chat) == ["form.wish"]


async def test_a_picture_in_place_of_words_joins_and_the_question_comes_back() -> None:
    chat = await _invoice()
    read = await chat.sends("image", media_id="m-1")
    assert "补充进去了" in read[0]
    assert "还差一项" in read[-1]
    assert only_ticket(chat).fields == {}


async def test_words_in_place_of_a_picture_hear_what_to_do() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("收到就坏了", "after_sales_claim")
    read = await chat.says("就在盖子那里")
    assert read[0] == "这一项要照片，直接发图片就行。手边没有的话，回“跳过”就行。"


async def test_a_day_that_is_over_is_refused_kindly() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("不喜欢，想退货，上门取件", "return_request")
    assert _asked(chat) == ["form.pickup_day"]
    read = await chat.says("昨天")
    assert "11月20日（周五）已经过去了" in read[0]
    read = await chat.says("明天下午")
    assert only_ticket(chat).fields["pickup_day"] == "2026-11-22 下午"
    assert "哪天上门取：11月22日（周日）下午" in read[0]


async def test_the_furious_are_not_asked_and_the_annoyed_once() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("你们这帮骗子，给我退货", "return_request")
    assert len(chat.did(OpenTicket)) == 1
    assert _asked(chat) == []
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("无语，我要退货", "return_request")
    assert _asked(chat) == ["form.reason"]
    await chat.says("质量有问题")
    assert _asked(chat) == []


async def test_a_complaint_is_not_met_with_a_form() -> None:
    chat = await with_templates(Chat(MIMI))
    await chat.says("我要投诉你们客服态度太差", "complaint")
    assert len(chat.did(OpenTicket)) == 1
    assert _asked(chat) == []
    assert only_ticket(chat).fields["about"] == "service"


async def test_by_night_there_is_one_question() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    chat.clock.turn(timedelta(hours=13))
    await chat.says("我要退货", "return_request")
    assert _asked(chat) == ["form.reason"]
    read = await chat.says("质量有问题")
    assert _asked(chat) == []
    assert "缺的需要时再问您" in read[0]


async def test_an_answer_comes_to_a_ticket_that_somebody_has_solved_meanwhile() -> None:
    chat = await _invoice()
    ticket = only_ticket(chat)
    solved = replace(ticket, state=TicketState.SOLVED)
    chat.books.tickets.kept[ticket.number] = solved
    read = await chat.taps("企业")
    assert "已经办完了" in read[0]
    assert chat.did(SetFields) == []


async def test_who_has_enough_of_questions_is_asked_no_more() -> None:
    chat = await _invoice("公司开发票")
    read = await chat.says("问这么多干嘛", "complaint")
    assert _asked(chat) == []
    assert "不问了" in read[0]
    await chat.says("开发票", "invoice_request")
    assert _asked(chat) == []


async def test_the_day_of_buying_is_no_day_to_come() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("10号买的，尺码小了要退货，上门取", "return_request", date="10号")
    assert "pickup_day" not in only_ticket(chat).fields
    assert _asked(chat) == ["form.pickup_day"]


async def test_the_next_answer_comes_with_the_one_that_was_asked_for() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("尺码小了要退货", "return_request")
    await chat.says("上门取吧，明天下午", "out_of_scope", date="明天下午")
    assert only_ticket(chat).fields == {
        "reason": "size",
        "way_back": "pickup",
        "pickup_day": "2026-11-22 下午",
    }


async def test_a_name_before_putting_it_off_makes_no_difference() -> None:
    chat = await _invoice(f"公司开发票，抬头{COMPANY}")
    await chat.says("税号我晚点发你")
    assert _asked(chat) == ["form.email"]
    assert "tax_number" not in only_ticket(chat).fields


async def test_an_answer_never_comes_twice_to_its_ticket() -> None:
    chat = await _invoice()
    await chat.taps("企业")
    await chat.says("企业")
    lines = [each.note for each in chat.books.tickets.events if each.what == "answered"]
    assert lines.count("发票类型：企业") == 1


async def test_another_field_is_left_open_by_its_name() -> None:
    chat = await with_templates(Chat(MIMI))
    await chat.says("想预约到店试穿，徐家汇店", "appointment_book", store="徐家汇店")
    assert _asked(chat) == ["form.day"]
    await chat.says("不想留电话")
    assert _asked(chat) == ["form.day"]
    await chat.says("周六上午", date="周六上午")
    assert _asked(chat) == []
    assert "phone" not in only_ticket(chat).fields


async def test_asking_whether_the_address_can_be_changed_is_no_address() -> None:
    chat = await with_templates(with_orders(PAID))
    await chat.says("地址能不能改一下我搬家了", "delivery_change")
    assert only_ticket(chat).fields == {"what": "address"}
    assert _asked(chat) == ["form.address"]
    await chat.says("浦东新区世纪大道100号3楼", "delivery_change", city="浦东新区")
    assert only_ticket(chat).fields["address"] == "浦东新区世纪大道100号3楼"


async def test_what_fills_no_field_reaches_the_owner_in_their_words() -> None:
    chat = await _invoice("开发票，开给个人")
    read = await chat.says(f"税号是{TAX}")
    assert [each.told for each in chat.did(SetFields)] == [f"顾客说：“税号是{TAX}”"]
    assert read[-1].startswith("好，您的原话我转给同事了。")
    assert _asked(chat) == ["form.title"]


async def test_a_day_is_no_address_as_well() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("轮子掉了，能上门修吗", "after_sales_claim")
    assert _asked(chat)[-1] == "form.address"
    await chat.says("明天下午", "appointment_book", date="明天下午")
    assert only_ticket(chat).fields["day"] == "2026-11-22 下午"
    assert _asked(chat) == ["form.address"]


@pytest.mark.parametrize("words", ["怎么还要照片，我现在没在家", "没空拍照", "晚点拍 谢谢"])
async def test_who_cannot_take_a_picture_now_is_not_pressed(words: str) -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("鞋子开胶了要退款", "after_sales_claim")
    assert _asked(chat) == ["form.picture"]
    read = await chat.says(words, "return_request")
    assert read[-1].startswith("好，这项先空着。")
    assert only_ticket(chat).kind is TicketKind.AFTER_SALES
    assert _asked(chat) == []


async def test_a_tale_in_place_of_a_choice_is_passed_on_and_not_asked_again() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("收到的东西有问题", "after_sales_claim")
    assert _asked(chat) == ["form.trouble"]
    read = await chat.says("推着推着就跑偏", "after_sales_claim")
    assert read[-1].startswith("好，您的原话我转给同事了。")
    assert _asked(chat) == ["form.wish"]


async def test_what_comes_with_a_choice_is_heard_too() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("轮子掉了一个，能修吗", "after_sales_claim")
    assert _asked(chat) == ["form.way"]
    await chat.says("上门吧 杭州西湖区文三路100号 13912345678", "delivery_change")
    fields = only_ticket(chat).fields
    assert (fields["way"], fields["phone"]) == ("visit", "13912345678")
    assert fields["address"] == "杭州西湖区文三路100号"
    assert _asked(chat) == ["form.day"]


async def test_the_number_of_a_door_is_no_day() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("轮子掉了，能上门修吗", "after_sales_claim")
    words = "天钥桥路333弄12号602室 周日上午"
    await chat.says(words, "appointment_book", date="12号")
    fields = only_ticket(chat).fields
    assert "333弄12号602室" in str(fields["address"])
    assert fields["day"] == "2026-11-22 上午"


async def test_the_last_picture_ends_the_questions() -> None:
    chat = await with_templates(with_orders(ARRIVED))
    await chat.says("奶粉少发了一罐，补发", "after_sales_claim")
    assert _asked(chat) == ["form.picture"]
    read = await chat.sends("image", media_id="m1")
    assert not any("还差" in each for each in read)
    assert chat.conversation.dialogue.pending is None


async def test_a_choice_named_anew_brings_what_needs_it() -> None:
    chat = await _invoice("开发票，个人的，抬头王小明，a@b.com")
    await chat.says(f"换成单位的 抬头改成{COMPANY} 税号{TAX}", "invoice_request")
    fields = only_ticket(chat).fields
    assert (fields["type"], fields["title"], fields["tax_number"]) == ("company", COMPANY, TAX)
