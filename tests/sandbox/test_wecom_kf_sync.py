"""kf/sync_msg: cursors, pages, tokens, events."""

import pytest

from tests.sandbox.house import CHEN, KF, OTHER_KF, YU, House, as_object, objects
from tests.sandbox.scripted_bot import Json


async def _sync(house: House, **more: object) -> Json:
    return await house.api("kf/sync_msg", {"open_kfid": KF, **more})


def _texts(answer: Json) -> list[object]:
    listed = objects(answer["msg_list"])
    return [as_object(one["text"])["content"] for one in listed if one["msgtype"] == "text"]


async def test_pages_follow_each_other_by_cursor(house: House) -> None:
    for number in range(5):
        await house.customer_says(str(number))
    first = await _sync(house, limit=2)
    second = await _sync(house, limit=2, cursor=first["next_cursor"])
    third = await _sync(house, limit=2, cursor=second["next_cursor"])
    assert [_texts(page) for page in (first, second, third)] == [["0", "1"], ["2", "3"], ["4"]]
    assert [page["has_more"] for page in (first, second, third)] == [1, 1, 0]
    end = await _sync(house, cursor=third["next_cursor"])
    assert end["msg_list"] == []
    assert end["has_more"] == 0


async def test_the_same_cursor_gives_the_same_page_again(house: House) -> None:
    await house.customer_says("一")
    first = await _sync(house)
    await house.customer_says("二")
    assert _texts(await _sync(house, cursor=first["next_cursor"])) == ["二"]
    assert _texts(await _sync(house, cursor=first["next_cursor"])) == ["二"]


async def test_a_cursor_belongs_to_its_account(house: House) -> None:
    cursor = (await _sync(house))["next_cursor"]
    asked: Json = {"open_kfid": OTHER_KF, "cursor": cursor}
    assert (await house.api("kf/sync_msg", asked))["errcode"] == 50100


@pytest.mark.parametrize("cursor", ["x", "MTIz", "5rWL6K+V"])
async def test_what_is_no_cursor_is_refused(house: House, cursor: str) -> None:
    assert (await _sync(house, cursor=cursor))["errcode"] == 50100


async def test_a_cursor_of_an_earlier_run_is_refused(house: House) -> None:
    cursor = (await _sync(house))["next_cursor"]
    house.corp.accounts[KF].run = "another"
    assert (await _sync(house, cursor=cursor))["errcode"] == 50100


async def test_a_cursor_is_at_most_64_bytes(house: House) -> None:
    account = house.corp.accounts[KF]
    account.open_kfid = "wk" + "A" * 30
    assert len(account.cursor(999_999)) <= 64


async def test_without_a_cursor_the_oldest_of_three_days_comes_first(house: House) -> None:
    history = await house.api("kf/sync_msg", {"open_kfid": OTHER_KF})
    assert _texts(history) == ["昨天说的"]
    house.turn(hours=60)
    assert (await house.api("kf/sync_msg", {"open_kfid": OTHER_KF}))["msg_list"] == []


async def test_a_past_entry_is_an_old_event_with_its_item(house: House) -> None:
    history = objects((await house.api("kf/sync_msg", {"open_kfid": OTHER_KF}))["msg_list"])
    entry = next(one for one in history if one["msgtype"] == "event")
    assert as_object(entry["event"])["scene_param"] == "item:shop:1"
    assert int(house.corp.now()) - int(str(entry["send_time"])) > 19 * 3600


async def test_an_event_has_its_ids_inside_only(house: House) -> None:
    await house.control(
        "customer/enter", {"external_userid": YU, "scene": "a", "scene_param": "item:s:9"}
    )
    entry = objects((await _sync(house))["msg_list"])[0]
    assert "external_userid" not in entry
    assert "open_kfid" not in entry
    assert entry["origin"] == 4
    event = as_object(entry["event"])
    assert event.pop("welcome_code")
    assert event == {
        "event_type": "enter_session",
        "open_kfid": KF,
        "external_userid": YU,
        "scene": "a",
        "scene_param": "item:s:9",
    }


async def test_a_page_may_be_empty_while_there_is_more(house: House) -> None:
    await house.customer_says("在吗")
    await house.control("faults", {"callbacks": {"empty_pages": 1}})
    empty = await _sync(house)
    assert (empty["msg_list"], empty["has_more"]) == ([], 1)
    assert _texts(await _sync(house, cursor=empty["next_cursor"])) == ["在吗"]


async def test_pages_can_be_made_small(house: House) -> None:
    for number in range(3):
        await house.customer_says(str(number))
    await house.control("faults", {"callbacks": {"page_size": 1}})
    assert _texts(await _sync(house, limit=1000)) == ["0"]


async def test_the_doorbells_token_lives_ten_minutes(house: House) -> None:
    await house.customer_says("在吗")
    await house.quiet()
    token = house.bot.callbacks[-1].findtext("Token")
    assert str(token).startswith("ENC")
    assert (await _sync(house, token=token))["errcode"] == 0
    house.turn(seconds=601)
    assert (await _sync(house, token=token))["errcode"] == 95007


async def test_a_made_up_token_is_refused(house: House) -> None:
    assert (await _sync(house, token="ENCnothing"))["errcode"] == 95007


async def test_pulling_without_a_token_is_limited_strictly(house: House) -> None:
    codes = [(await _sync(house))["errcode"] for _ in range(11)]
    assert codes == [0] * 10 + [45009]
    house.turn(seconds=61)
    assert (await _sync(house))["errcode"] == 0


@pytest.mark.parametrize("limit", [0, 1001, "10"])
async def test_the_limit_is_a_number_up_to_a_thousand(house: House, limit: object) -> None:
    assert (await _sync(house, limit=limit))["errcode"] == 40058


async def test_replies_of_the_api_are_not_in_the_history(house: House) -> None:
    await house.customer_says("在吗")
    await house.reply()
    assert len(objects((await _sync(house))["msg_list"])) == 1


@pytest.mark.parametrize(
    ("said", "msgtype", "content"),
    [
        (
            {"menu": {"id": "yes", "content": "要"}},
            "text",
            {"content": "要", "menu_id": "yes"},
        ),
        (
            {"link": {"title": "学步鞋", "url": "https://shop.example/i/1"}},
            "link",
            {"title": "学步鞋", "desc": "", "url": "https://shop.example/i/1", "pic_url": ""},
        ),
        (
            {"raw": {"msgtype": "note", "note": {}}},
            "note",
            {},
        ),
    ],
)
async def test_customers_send_more_than_text(
    house: House, said: Json, msgtype: str, content: Json
) -> None:
    await house.control("customer/message", {"external_userid": YU, **said})
    entry = objects((await _sync(house))["msg_list"])[0]
    assert entry["msgtype"] == msgtype
    assert entry[msgtype] == content
    assert entry["origin"] == 3


async def test_a_picture_can_be_fetched_for_three_days(house: House) -> None:
    await house.control("customer/message", {"external_userid": YU, "image": True})
    picture = as_object(objects((await _sync(house))["msg_list"])[0]["image"])
    query = {"access_token": house.token, "media_id": str(picture["media_id"])}
    answer = await house.http.get(f"{house.url}/cgi-bin/media/get", params=query)
    assert (await answer.read()).startswith(b"\x89PNG")
    assert "filename=" in answer.headers["Content-Disposition"]


async def test_a_recalled_message_is_an_event(house: House) -> None:
    msgid = await house.customer_says("打错了")
    await house.control("customer/recall", {"external_userid": YU, "msgid": msgid})
    event = as_object(objects((await _sync(house))["msg_list"])[-1]["event"])
    assert (event["event_type"], event["recall_msgid"]) == ("user_recall_msg", msgid)


async def test_only_customers_of_the_last_48_hours_have_names(house: House) -> None:
    await house.customer_says("在吗")
    asked: Json = {"external_userid_list": [YU, "wmNobody"]}
    found = await house.api("kf/customer/batchget", dict(asked))
    assert [one["nickname"] for one in objects(found["customer_list"])] == ["小雨"]
    assert found["invalid_external_userid"] == ["wmNobody"]
    house.turn(hours=49)
    later = await house.api("kf/customer/batchget", dict(asked))
    assert later["invalid_external_userid"] == [YU, "wmNobody"]


async def test_the_entry_is_in_a_customers_context(house: House) -> None:
    asked: Json = {"external_userid_list": [CHEN], "need_enter_session_context": 1}
    found = objects((await house.api("kf/customer/batchget", asked))["customer_list"])
    assert found[0]["enter_session_context"] == {
        "scene": "product",
        "scene_param": "item:shop:1",
    }
