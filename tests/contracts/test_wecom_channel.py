"""Our side of WeCom against a strict fake that was written from the documents alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.turn.ports import Doubtful, Later, Never, NoRoute, Profile, RenderedCard, Sent
from bot.wecom.kf.accounts import list_accounts
from bot.wecom.kf.mailboxes import make_known
from bot.wecom.kf.puller import Puller
from bot.wecom.render import split_text
from desk.conversations.incoming import ChannelName, Click, Media, Signal, Text, Unsupported
from desk.conversations.model import Session
from desk.store.database import Database
from sandbox.feed import customer_seat, member_seat
from tests.contracts.wecom_world import AGENT, CHEN, KF, OTHER_KF, YU, WeComWorld, wecom_world

SEAT = customer_seat(KF, YU)
WHO = {"external_userid": YU, "open_kfid": KF}


@pytest.fixture
async def world() -> AsyncIterator[WeComWorld]:
    async with wecom_world() as opened:
        yield opened


async def test_the_console_accepts_our_callback(world: WeComWorld) -> None:
    assert await world.corp.courier.verify() == ""


async def test_a_question_is_pulled_and_answered_once(world: WeComWorld) -> None:
    await world.callbacks(copies=3)
    msgid = await world.customer("有货吗")
    [came] = await world.pull()
    assert (came.channel, came.external_id) == (ChannelName.KF, msgid)
    assert (came.account, came.person, came.content) == (KF, YU, Text("有货吗"))
    assert not came.historic
    said = await world.kf.say(KF, YU, "a" * 32, "在的，您说🙂", (), doubtful=False)
    assert said == Sent({"msgid": "a" * 32})
    assert world.seen(SEAT) == [("sent", "在的，您说🙂")]


async def test_a_tapped_line_comes_back_with_its_id(world: WeComWorld) -> None:
    await world.customer("有货吗")
    menu = tuple((f"pick_{n}", "很长的标题" * 12) for n in range(12))
    text = "\n".join(f"{n}. " + "款式说明" * 30 for n in range(5))
    assert isinstance(await world.kf.say(KF, YU, "a" * 32, text, menu, doubtful=False), Sent)
    tap = {**WHO, "menu": {"id": "pick_1", "content": "款"}}
    await world.control("customer/message", tap)
    await world.corp.courier.quiet()
    assert (await world.pull())[-1].content == Text("款", "pick_1")


async def test_pages_empty_ones_and_lost_doorbells_lose_nothing(world: WeComWorld) -> None:
    await make_known(world.client, world.library)
    await world.pull()
    await world.callbacks(page_size=2, empty_pages=2, drop_doorbells=3)
    sent = [await world.customer(f"第{n}句") for n in range(5)]
    stored = {each.external_id for each in await world.pull()}
    assert stored.issuperset(sent)
    await world.callbacks(drop_doorbells=1)
    missed = await world.customer("门铃没响")
    assert missed not in {each.external_id for each in await world.pull()}
    world.turn(seconds=61)
    assert missed in {each.external_id for each in await world.pull()}


async def test_a_cold_start_answers_only_the_last_minutes(world: WeComWorld) -> None:
    fresh = await world.customer("刚刚说的", CHEN, OTHER_KF)
    await make_known(world.client, world.library)
    came = await world.pull()
    historic = {each.external_id: each.historic for each in came if each.person == CHEN}
    assert historic.pop(fresh) is False
    assert historic
    assert all(historic.values())


async def test_an_old_doorbell_token_is_no_obstacle(world: WeComWorld) -> None:
    msgid = await world.customer("在吗")
    world.turn(minutes=11)
    assert msgid in {each.external_id for each in await world.pull()}


async def test_events_and_media_have_their_content(world: WeComWorld) -> None:
    enter = {**WHO, "scene": "shop", "scene_param": "item:youzan-main:1001"}
    await world.control("customer/enter", enter)
    await world.control("customer/message", {**WHO, "image": {}})
    await world.control(
        "customer/message", {**WHO, "product": {"product_id": "9", "title": "纸尿裤"}}
    )
    raw = {"msgtype": "hologram", "hologram": {"x": 1}}
    await world.control("customer/message", {**WHO, "raw": raw})
    taken = await world.customer("撤回我")
    await world.control("customer/recall", {**WHO, "msgid": taken})
    await world.corp.courier.quiet()
    entered, image, product, unknown, _, recalled = (each.content for each in await world.pull())
    assert isinstance(entered, Signal)
    assert entered.fields["scene_param"] == "item:youzan-main:1001"
    assert entered.fields["welcome_code"]
    assert isinstance(image, Media)
    assert image.fields["media_id"]
    assert isinstance(product, Media)
    assert product.fields["product_id"] == "9"
    assert isinstance(unknown, Unsupported)
    assert recalled == Signal("user_recall_msg", {"open_kfid": KF, "recall_msgid": taken})


async def test_a_welcome_is_said_once_with_its_code(world: WeComWorld) -> None:
    await world.control("customer/enter", {**WHO, "scene": "shop"})
    await world.corp.courier.quiet()
    [entered] = await world.pull()
    assert isinstance(entered.content, Signal)
    code = entered.content.fields["welcome_code"]
    menu = (("go_stock", "查库存"),)
    assert isinstance(await world.kf.welcome(code, "w" * 32, "您好呀", menu), Sent)
    assert await world.kf.welcome(code, "x" * 32, "您好呀", menu) == NoRoute("code")
    assert len(world.seen(SEAT)) == 1


async def test_five_messages_and_48_hours_are_the_budget(world: WeComWorld) -> None:
    await world.customer("在吗")
    said = [await world.kf.say(KF, YU, f"{n}" * 32, "在的", (), doubtful=False) for n in range(6)]
    assert [type(each) for each in said] == [Sent] * 5 + [NoRoute]
    assert said[5] == NoRoute("budget")
    await world.customer("还在吗")
    world.turn(hours=48, seconds=5)
    assert await world.kf.say(KF, YU, "z" * 32, "在的", (), doubtful=False) == NoRoute("window")


async def test_a_person_who_took_over_silences_the_bot(world: WeComWorld) -> None:
    await world.customer("在吗")
    await world.control("servicer/take", {**WHO, "userid": "amei"})
    await world.control("servicer/say", {**WHO, "userid": "amei", "text": "我来接待您"})
    await world.corp.courier.quiet()
    silent = await world.kf.say(KF, YU, "a" * 32, "在的", (), doubtful=False)
    assert silent == NoRoute("session", Session.SERVICER, "amei")
    assert await world.kf.session(KF, YU) == (Session.SERVICER, "amei")
    signals = [each.content for each in await world.pull() if isinstance(each.content, Signal)]
    assert [each.name for each in signals] == ["session_status_change", "servicer_said"]
    assert signals[0].fields["new_servicer_userid"] == "amei"
    assert "我来接待您" not in str(signals)


@pytest.mark.parametrize("fault", ["lose_response", "break_body"])
async def test_a_lost_answer_never_says_it_twice(world: WeComWorld, fault: str) -> None:
    await world.customer("在吗")
    await world.fault("kf/send_msg", fault)
    said = await world.kf.say(KF, YU, "a" * 32, "在的", (), doubtful=False)
    assert said == Sent({"msgid": "a" * 32})
    assert world.seen(SEAT) == [("sent", "在的")]


async def test_a_doubt_that_lasts_is_settled_later(world: WeComWorld) -> None:
    await world.customer("在吗")
    await world.fault("kf/send_msg", "lose_response", count=2)
    first = await world.kf.say(KF, YU, "a" * 32, "在的", (), doubtful=False)
    assert isinstance(first, Doubtful)
    again = await world.kf.say(KF, YU, "a" * 32, "在的", (), doubtful=True)
    assert isinstance(again, Sent)
    assert world.seen(SEAT) == [("sent", "在的")]


async def test_long_text_arrives_whole_in_parts(world: WeComWorld) -> None:
    await world.customer("都有什么款")
    text = "\n".join(f"{n:03} 加厚羽绒服 黑色 XL 🙂" for n in range(100))
    parts = split_text(text)
    for n, part in enumerate(parts):
        said = await world.kf.say(KF, YU, f"{n:032}", part, (), doubtful=False)
        assert isinstance(said, Sent)
    assert "\n".join(each for _, each in world.seen(SEAT)) == text


@pytest.mark.parametrize("text", ["响铃\x07", "像转义\\u4e2d\\u6587", "半个\ud83d字", "行\r\n尾"])
async def test_no_character_of_ours_is_refused(world: WeComWorld, text: str) -> None:
    await world.customer("在吗")
    assert isinstance(await world.kf.say(KF, YU, "a" * 32, text, (), doubtful=False), Sent)


async def test_the_customer_is_passed_to_who_is_there(world: WeComWorld) -> None:
    await world.customer("转人工")
    for userid in ("amei", "manyun"):
        off = {"open_kfid": KF, "userid": userid, "receives": 0}
        await world.control("servicer/status", off)
    passed = await world.kf.pass_to_person(KF, YU, ["AMei"])
    assert passed == Sent({"session": "3", "servicer": "xiaolu"})
    assert await world.kf.pass_to_person(KF, YU, ["AMei"]) == passed


async def test_the_queue_takes_who_nobody_can_take(world: WeComWorld) -> None:
    await world.customer("转人工")
    for userid in ("amei", "manyun", "xiaolu"):
        off = {"open_kfid": KF, "userid": userid, "receives": 0}
        await world.control("servicer/status", off)
    passed = await world.kf.pass_to_person(KF, YU, [])
    assert isinstance(passed, Sent)
    assert (passed.receipt["session"], passed.receipt["servicer"]) == ("2", "")
    queued = await world.kf.welcome(passed.receipt["code"], "f" * 32, "请稍等", ())
    assert isinstance(queued, Sent)
    on = {"open_kfid": KF, "userid": "xiaolu", "receives": 1}
    await world.control("servicer/status", on)
    assert await world.kf.pass_to_person(KF, YU, []) == Sent({"session": "3", "servicer": "xiaolu"})


async def test_a_status_of_a_servicer_makes_no_customer(world: WeComWorld) -> None:
    await world.control("servicer/status", {"open_kfid": KF, "userid": "amei", "receives": 0})
    await world.corp.courier.quiet()
    [came] = [each for each in await world.pull() if each.channel is ChannelName.APP]
    assert (came.account, came.person) == (str(AGENT), "amei")


async def test_profiles_are_those_of_the_last_48_hours(world: WeComWorld) -> None:
    await world.customer("在吗")
    known = {YU: Profile("小雨", "oDemoUnion0001"), CHEN: Profile("老陈")}
    assert await world.kf.profiles([YU, CHEN, "wmNobody"]) == known


async def test_accounts_are_listed_with_their_names(world: WeComWorld) -> None:
    assert [
        (each.open_kfid, each.name, each.managed) for each in await list_accounts(world.client)
    ] == [
        (KF, "测试客服", True),
        (OTHER_KF, "测试售后", True),
    ]


CARD = RenderedCard(
    task="ticket-T-20261121-0042",
    title="新工单 T-20261121-0042 " + "很长的标题" * 30,
    subtitle="客户反映快递三天没动",
    rows=tuple((f"第{n}行", "值" * 60) for n in range(8)),
    buttons=(("ticket take T-20261121-0042", "我来处理这个工单吧好", 1), ("later", "稍后", 2)),
)


async def test_a_click_closes_the_card_for_everybody(world: WeComWorld) -> None:
    sent = await world.app.card(["AMei", "xiaolu"], CARD)
    assert isinstance(sent, Sent)
    click = {"userid": "amei", "msgid": sent.receipt["msgid"], "key": "ticket take T-20261121-0042"}
    await world.control("staff/card", click)
    await world.corp.courier.quiet()
    [came] = await world.pull()
    assert (came.channel, came.account, came.person) == (ChannelName.APP, str(AGENT), "amei")
    assert isinstance(came.content, Click)
    assert came.content.key == "ticket take T-20261121-0042"
    assert came.content.task == CARD.task
    code = came.content.response_code
    assert await world.app.close_card(code, ["amei", "xiaolu"], "阿美已接单") == Sent()
    for userid in ("amei", "xiaolu"):
        [line] = world.corp.feed.of_seat(member_seat(userid))
        assert "阿美已接单" in str(line.body)
    assert await world.app.close_card(code, ["amei"], "再来一次") == NoRoute("code")


async def test_a_card_whose_answer_was_lost_is_not_sent_twice(world: WeComWorld) -> None:
    await world.fault("message/send", "lose_response")
    assert isinstance(await world.app.card(["amei"], CARD), Sent)
    assert [state for state, _ in world.seen(member_seat("amei"))] == ["sent"]


async def test_staff_are_told_once_however_often_it_is_tried(world: WeComWorld) -> None:
    await world.fault("message/send", "lose_response", count=2)
    said = await world.app.text(["AMei", "stranger"], "今日早报")
    assert isinstance(said, Sent)
    assert said.receipt["invaliduser"] == "stranger"
    states = [state for state, _ in world.seen(member_seat("amei"))]
    assert states == ["sent", "suppressed", "suppressed"]
    assert isinstance(await world.app.markdown(["stranger"], "**早报**"), Never)


async def test_tokens_that_wecom_forgets_are_renewed_in_passing(world: WeComWorld) -> None:
    await world.customer("在吗")
    for n, action in enumerate(("expire", "forget")):
        await world.control("tokens", {"action": action})
        said = await asyncio.gather(
            *(world.kf.say(KF, YU, f"{n}{m}" * 16, "在的", (), doubtful=False) for m in range(2))
        )
        assert [type(each) for each in said] == [Sent, Sent]
        world.turn(seconds=11)


@pytest.mark.parametrize(
    ("kind", "value", "outcome"),
    [
        ("errcode", 45009, Later),
        ("errcode", 48007, Later),
        ("errcode", 45033, Sent),
        ("status", 502, Sent),
    ],
)
async def test_faults_of_wecom_have_the_right_end(
    world: WeComWorld, kind: str, value: int, outcome: type
) -> None:
    await world.customer("在吗")
    await world.fault("kf/send_msg", kind, value)
    said = await world.kf.say(KF, YU, "a" * 32, "在的", (), doubtful=False)
    assert isinstance(said, outcome)


async def test_slash_commands_and_events_of_staff_come_in(world: WeComWorld) -> None:
    await world.control("staff/message", {"userid": "AMei", "text": "/help"})
    await world.control("staff/event", {"userid": "AMei", "event": "enter_agent"})
    await world.corp.courier.quiet()
    text, entered = await world.pull()
    assert replace(text, external_id="", sent_at=entered.sent_at) == replace(
        entered, external_id="", content=Text("/help")
    )
    assert isinstance(entered.content, Signal)
    assert entered.content.name == "enter_agent"


async def test_what_is_pulled_lies_in_the_real_inbox(library: Database) -> None:
    async with wecom_world() as world:
        puller = Puller(world.client, library, world.clock, str(AGENT), lambda: None)
        await world.callbacks(page_size=1, copies=2)
        sent = [await world.customer(f"第{n}句\0") for n in range(3)]
        await make_known(world.client, library)
        for pull in await puller.lease(8):
            await puller.pull(pull)
        async with library.open() as books:
            now = world.clock.now()
            lease = await books.inbox.lease(now, now + timedelta(seconds=30), "t1")
        assert lease is not None
        assert [row.incoming.external_id for row in lease.rows] == sent
        assert lease.conversation.customer is not None
