"""Who holds the session: legal changes, servicers, and what people do in the client."""

import itertools

import pytest

from sandbox.wecom.sessions import LEGAL, State
from tests.sandbox.house import KF, YU, House, as_object, objects
from tests.sandbox.scripted_bot import Json

WHO: Json = {"external_userid": YU, "open_kfid": KF}


async def _trans(house: House, state: int, **more: object) -> Json:
    asked: Json = {**WHO, "service_state": state, **more}
    return await house.api("kf/service_state/trans", asked)


async def _reach(house: House, state: State) -> None:
    await house.customer_says("在吗")
    if state is not State.NEW:
        assert (await _trans(house, state, servicer_userid="amei"))["errcode"] == 0


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)))
async def test_every_change_is_legal_or_refused(house: House, before: State, after: State) -> None:
    await _reach(house, before)
    answer = await _trans(house, after, servicer_userid="xiaolu")
    legal = after in LEGAL[before]
    assert answer["errcode"] == (0 if legal else 95013 if before is State.ENDED else 95016)
    now = await house.api("kf/service_state/get", dict(WHO))
    assert now["service_state"] == (after if legal else before)


async def test_the_servicer_is_named_only_while_a_person_serves(house: House) -> None:
    await _reach(house, State.NEW)
    assert "servicer_userid" not in await house.api("kf/service_state/get", dict(WHO))
    await _trans(house, 3, servicer_userid="AMei")
    now = await house.api("kf/service_state/get", dict(WHO))
    assert now["servicer_userid"] == "amei"


async def test_a_hand_over_needs_a_servicer_of_this_account(house: House) -> None:
    await _reach(house, State.NEW)
    assert (await _trans(house, 3))["errcode"] == 40058
    assert (await _trans(house, 3, servicer_userid="stranger"))["errcode"] == 95014
    await house.api("kf/servicer/del", {"open_kfid": KF, "userid_list": ["amei"]})
    assert (await _trans(house, 3, servicer_userid="amei"))["errcode"] == 95014


async def test_a_servicer_who_has_stopped_gets_nobody(house: House) -> None:
    await _reach(house, State.NEW)
    await house.control("servicer/status", {"open_kfid": KF, "userid": "amei", "receives": 0})
    assert (await _trans(house, 3, servicer_userid="amei"))["errcode"] == 95019
    listed = objects((await house.api("kf/servicer/list", open_kfid=KF))["servicer_list"])
    assert {"userid": "amei", "status": 1, "stop_type": 0} in listed


async def test_the_api_makes_no_event(house: House) -> None:
    await _reach(house, State.HUMAN)
    history = objects((await house.api("kf/sync_msg", {"open_kfid": KF}))["msg_list"])
    assert [one["msgtype"] for one in history] == ["text"]


async def test_taking_from_the_queue_is_an_event_with_a_code(house: House) -> None:
    await _reach(house, State.QUEUE)
    await house.control("servicer/take", {**WHO, "userid": "amei"})
    event = await _last_event(house)
    assert event["change_type"] == 1
    assert event["new_servicer_userid"] == "amei"
    body: Json = {"code": event["msg_code"], "msgtype": "text", "text": {"content": "我是阿美"}}
    assert (await house.api("kf/send_msg_on_event", body))["errcode"] == 0


async def test_ending_by_hand_is_an_event_and_the_next_message_starts_anew(house: House) -> None:
    await _reach(house, State.HUMAN)
    await house.control("servicer/end", {**WHO, "userid": "amei"})
    event = await _last_event(house)
    assert (event["change_type"], event["old_servicer_userid"]) == (3, "amei")
    await house.customer_says("还有个问题")
    now = await house.api("kf/service_state/get", dict(WHO))
    assert now["service_state"] == State.NEW


async def test_a_servicers_words_are_in_the_history_with_origin_five(house: House) -> None:
    await _reach(house, State.HUMAN)
    await house.control("servicer/say", {**WHO, "userid": "amei", "text": "您好"})
    said = objects((await house.api("kf/sync_msg", {"open_kfid": KF}))["msg_list"])[-1]
    assert (said["origin"], said["servicer_userid"]) == (5, "amei")
    assert said["text"] == {"content": "您好"}


async def test_writing_to_an_ended_session_opens_it_again(house: House) -> None:
    await _reach(house, State.ENDED)
    await house.control("servicer/say", {**WHO, "userid": "amei", "text": "回访一下"})
    history = objects((await house.api("kf/sync_msg", {"open_kfid": KF}))["msg_list"])
    assert as_object(history[1]["event"])["change_type"] == 4
    now = await house.api("kf/service_state/get", dict(WHO))
    assert now["service_state"] == State.HUMAN


async def test_a_session_is_over_after_48_silent_hours(house: House) -> None:
    await _reach(house, State.HUMAN)
    house.turn(hours=48, seconds=10)
    now = await house.api("kf/service_state/get", dict(WHO))
    assert now["service_state"] == State.ENDED


async def test_a_contact_link_keeps_its_scene_private(house: House) -> None:
    way = await house.api("kf/add_contact_way", {"open_kfid": KF, "scene": "shop-1"})
    assert "?enc_scene=ENC" in str(way["url"])
    bad = await house.api("kf/add_contact_way", {"open_kfid": KF, "scene": "店"})
    assert bad["errcode"] == 40058


async def _last_event(house: House) -> Json:
    history = objects((await house.api("kf/sync_msg", {"open_kfid": KF}))["msg_list"])
    return as_object(history[-1]["event"])
