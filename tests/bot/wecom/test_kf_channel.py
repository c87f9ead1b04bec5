"""Speaking to customers: every answer of WeCom has its delivery."""

from datetime import timedelta

import pytest

from bot.turn.ports import Delivery, Doubtful, Later, Never, NoRoute, Profile, Sent
from bot.wecom.kf.channel import KfChannel
from desk.conversations.model import Session
from tests.bot.wecom.scripted_wecom import Hangs, Outfit, ScriptedWeCom, Status, Step, refusal

SEND, STATE, TRANS, LIST = (
    "kf/send_msg",
    "kf/service_state/get",
    "kf/service_state/trans",
    "kf/servicer/list",
)
MSGID = "a" * 32


@pytest.fixture
def channel(kit: Outfit) -> KfChannel:
    return KfChannel(kit.client)


async def say(channel: KfChannel, text: str = "在的", *, doubtful: bool = False) -> Delivery:
    return await channel.say("wk1", "wmLin", MSGID, text, (), doubtful=doubtful)


def state(number: int, servicer: str = "") -> Step:
    return {"errcode": 0, "service_state": number, "servicer_userid": servicer}


def servicers(*rows: dict[str, object]) -> Step:
    return {"errcode": 0, "servicer_list": list(rows)}


async def test_text_goes_out_under_its_msgid(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [{"errcode": 0, "msgid": MSGID}]
    assert await say(channel, "在的\x07，\u2028您说") == Sent({"msgid": MSGID})
    assert wecom.bodies(SEND) == [
        {
            "touser": "wmLin",
            "open_kfid": "wk1",
            "msgid": MSGID,
            "msgtype": "text",
            "text": {"content": "在的，\u2028您说"},
        }
    ]


async def test_choices_go_out_as_a_menu(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    menu = (("pick_1", "经典款"), ("pick_2", "加厚款"))
    assert isinstance(await channel.say("wk1", "wm", MSGID, "哪一款？", menu, doubtful=False), Sent)
    [body] = wecom.bodies(SEND)
    assert body["msgtype"] == "msgmenu"
    assert "text" not in body


@pytest.mark.parametrize("menu", [(), (("bad id", "x"),)])
async def test_what_cannot_be_said_never_leaves(
    channel: KfChannel, wecom: ScriptedWeCom, menu: tuple[tuple[str, str], ...]
) -> None:
    delivery = await channel.say("wk1", "wm", MSGID, " \n", menu, doubtful=False)
    assert isinstance(delivery, Never)
    assert wecom.asked == []


@pytest.mark.parametrize(
    ("errcode", "delivery"),
    [(95001, NoRoute("budget")), (95002, NoRoute("window")), (95031, NoRoute("window"))],
)
async def test_a_spent_budget_is_no_route(
    channel: KfChannel, wecom: ScriptedWeCom, errcode: int, delivery: Delivery
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    assert await say(channel) == delivery


@pytest.mark.parametrize("errcode", [40096, 45002, 40058, 95030, 999999])
async def test_what_wecom_will_always_refuse_is_never(
    channel: KfChannel, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    delivery = await say(channel)
    assert isinstance(delivery, Never)
    assert str(errcode) in delivery.reason


@pytest.mark.parametrize("errcode", [95018, 95013])
@pytest.mark.parametrize(
    ("held", "delivery"),
    [
        (state(3, "AMei"), NoRoute("session", Session.SERVICER, "amei")),
        (state(4), NoRoute("session", Session.ENDED)),
        (state(2), NoRoute("session", Session.QUEUE)),
        (refusal(95004), NoRoute("session")),
        (state(9), NoRoute("session")),
    ],
)
async def test_a_session_that_is_not_ours_tells_whose_it_is(
    channel: KfChannel, wecom: ScriptedWeCom, errcode: int, held: Step, delivery: Delivery
) -> None:
    wecom.script |= {SEND: [refusal(errcode)], STATE: [held]}
    assert await say(channel) == delivery
    assert wecom.bodies(STATE)[0] == {"open_kfid": "wk1", "external_userid": "wmLin"}


@pytest.mark.parametrize(
    ("errcode", "free"), [(45009, True), (48007, True), (95017, True), (60020, True), (-1, False)]
)
async def test_what_may_work_later_waits(
    channel: KfChannel, wecom: ScriptedWeCom, errcode: int, free: bool
) -> None:
    wecom.script[SEND] = [refusal(errcode)]
    delivery = await say(channel)
    assert isinstance(delivery, Later)
    assert delivery.free is free
    assert timedelta() < delivery.after <= timedelta(seconds=60)


async def test_a_dropped_connection_is_settled_by_the_same_msgid(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [Hangs(), refusal(40058, "msgid repeated")]
    assert await say(channel) == Sent({"msgid": MSGID})
    first, second = wecom.bodies(SEND)
    assert first == second


async def test_two_lost_answers_are_doubtful(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[SEND] = [Hangs(), Status(502)]
    assert isinstance(await say(channel), Doubtful)
    assert len(wecom.bodies(SEND)) == 2


async def test_a_used_msgid_is_sent_only_after_a_doubt(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [refusal(40058, "msgid repeated")]
    assert await say(channel, doubtful=True) == Sent({"msgid": MSGID})
    assert isinstance(await say(channel, doubtful=False), Never)


@pytest.mark.parametrize(
    "said",
    ["msgid repeated", "duplicate message id", "msg_id already exists", "消息ID重复", "msgid used"],
)
async def test_a_repeat_is_known_by_any_words_for_it(
    channel: KfChannel, wecom: ScriptedWeCom, said: str
) -> None:
    wecom.script[SEND] = [refusal(95099, said)]
    assert await say(channel, doubtful=True) == Sent({"msgid": MSGID})


async def test_another_bad_parameter_is_no_proof_of_sending(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script[SEND] = [refusal(40058, "msgid must be 1 to 32 of [0-9a-zA-Z_-]")]
    assert isinstance(await say(channel, doubtful=True), Never)


async def test_a_welcome_uses_its_code(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    path = "kf/send_msg_on_event"
    wecom.script[path] = [{"errcode": 0, "msgid": MSGID}, refusal(41050)]
    said = [await channel.welcome("wc1", MSGID, "您好", ()) for _ in range(2)]
    assert said == [Sent({"msgid": MSGID}), NoRoute("code")]
    assert wecom.bodies(path)[0] == {
        "code": "wc1",
        "msgid": MSGID,
        "msgtype": "text",
        "text": {"content": "您好"},
    }


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ([Hangs(), {"errcode": 0, "msgid": MSGID}], Sent),
        ([Hangs(), refusal(41050)], Sent),
        ([Hangs(), Hangs()], Doubtful),
        ([refusal(41050)], NoRoute),
    ],
)
async def test_a_lost_welcome_is_settled_at_once(
    channel: KfChannel, wecom: ScriptedWeCom, steps: list[Step], kind: type
) -> None:
    wecom.script["kf/send_msg_on_event"] = list(steps)
    assert isinstance(await channel.welcome("wc1", MSGID, "您好", ()), kind)


DUTY: list[dict[str, object]] = [
    {"userid": "AMei", "status": 0},
    {"userid": "xiaolu", "status": 0},
    {"userid": "away", "status": 1, "stop_type": 0},
]


async def test_the_preferred_servicer_on_duty_gets_the_session(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script |= {STATE: [state(1)], LIST: [servicers(*DUTY)]}
    passed = await channel.pass_to_person("wk1", "wmLin", ["away", "XiaoLu"])
    assert passed == Sent({"session": "3", "servicer": "xiaolu"})
    assert wecom.bodies(TRANS) == [
        {
            "open_kfid": "wk1",
            "external_userid": "wmLin",
            "service_state": 3,
            "servicer_userid": "xiaolu",
        }
    ]


@pytest.mark.parametrize("errcode", [95014, 95019, 60111])
async def test_the_next_one_is_asked_when_one_cannot(
    channel: KfChannel, wecom: ScriptedWeCom, errcode: int
) -> None:
    wecom.script |= {
        STATE: [state(1)],
        LIST: [servicers(*DUTY)],
        TRANS: [refusal(errcode), {"errcode": 0}],
    }
    passed = await channel.pass_to_person("wk1", "wmLin", ["amei"])
    assert passed == Sent({"session": "3", "servicer": "xiaolu"})


async def test_nobody_there_means_the_queue(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script |= {
        STATE: [state(0)],
        LIST: [servicers(*DUTY)],
        TRANS: [refusal(95019), refusal(95019), {"errcode": 0, "msg_code": "q1"}],
    }
    passed = await channel.pass_to_person("wk1", "wmLin", [])
    assert passed == Sent({"session": "2", "servicer": "", "code": "q1"})
    assert [each["service_state"] for each in wecom.bodies(TRANS)] == [3, 3, 2]


async def test_who_waits_already_is_left_in_the_queue(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script |= {STATE: [state(2)], LIST: [servicers()]}
    assert await channel.pass_to_person("wk1", "wm", []) == Sent({"session": "2", "servicer": ""})
    assert wecom.bodies(TRANS) == []


async def test_already_with_a_person_is_done(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[STATE] = [state(3, "AMei")]
    passed = await channel.pass_to_person("wk1", "wmLin", ["xiaolu"])
    assert passed == Sent({"session": "3", "servicer": "amei"})
    assert wecom.bodies(TRANS) == []


async def test_a_colleague_who_was_faster_is_fine(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script |= {
        STATE: [state(1), state(3, "manyun")],
        LIST: [servicers(*DUTY)],
        TRANS: [refusal(95016)],
    }
    passed = await channel.pass_to_person("wk1", "wmLin", [])
    assert passed == Sent({"session": "3", "servicer": "manyun"})


async def test_an_ended_session_cannot_be_passed(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[STATE] = [state(4)]
    assert await channel.pass_to_person("wk1", "wm", []) == NoRoute("session", Session.ENDED)


async def test_people_of_a_serving_department_may_be_preferred(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script |= {STATE: [state(1)], LIST: [servicers({"department_id": 2})]}
    passed = await channel.pass_to_person("wk1", "wmLin", ["manyun"])
    assert passed == Sent({"session": "3", "servicer": "manyun"})


async def test_customers_are_spread_over_servicers(
    channel: KfChannel, wecom: ScriptedWeCom
) -> None:
    wecom.script |= {STATE: [state(1)], LIST: [servicers(*DUTY)]}
    for number in range(20):
        await channel.pass_to_person("wk1", f"wm{number}", [])
    chosen = [each["servicer_userid"] for each in wecom.bodies(TRANS)]
    assert set(chosen) == {"amei", "xiaolu"}


async def test_who_holds_a_session_can_be_asked(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script[STATE] = [state(3, "AMei"), refusal(95000)]
    assert await channel.session("wk1", "wmLin") == (Session.SERVICER, "amei")
    assert await channel.session("wk1", "wmLin") is None


async def test_profiles_come_by_the_hundred(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    rows = [
        {"external_userid": "wm1", "nickname": "小林"},
        {"external_userid": "wm2", "nickname": ""},
        {"external_userid": "wm3", "nickname": "", "unionid": "oU3"},
    ]
    wecom.script["kf/customer/batchget"] = [{"errcode": 0, "customer_list": rows}]
    known = {"wm1": Profile("小林"), "wm3": Profile("", "oU3")}
    assert await channel.profiles([f"wm{n}" for n in range(150)]) == known
    sizes = [each["external_userid_list"] for each in wecom.bodies("kf/customer/batchget")]
    assert [len(each) for each in sizes if isinstance(each, list)] == [100, 50]


async def test_unknown_profiles_are_no_error(channel: KfChannel, wecom: ScriptedWeCom) -> None:
    wecom.script["kf/customer/batchget"] = [refusal(48002)]
    assert await channel.profiles(["wm1"]) == {}
    assert await channel.profiles([]) == {}
