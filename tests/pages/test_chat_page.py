"""The chat page with three seats, against a bot of a few lines."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest
from playwright.async_api import Locator, Page, expect

from tests.sandbox.house import KF, SETTINGS, YU, House, as_object
from tests.sandbox.scripted_bot import Json, ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MENU: Json = {
    "head_content": "学步鞋还有货，要哪一双？",
    "list": [{"type": "click", "click": {"id": "pink", "content": "粉色 22 码"}}],
}
CARD: Json = {
    "card_type": "button_interaction",
    "main_title": {"title": "催件"},
    "task_id": "T-1",
    "horizontal_content_list": [{"keyname": "顾客", "value": "小雨"}],
    "button_selection": {
        "question_key": "when",
        "title": "何时回话",
        "option_list": [{"id": "today", "text": "今天"}, {"id": "tomorrow", "text": "明天"}],
    },
    "button_list": [{"text": "我来处理", "style": 1, "key": "take"}],
}


async def shopkeeper(bot: ScriptedBot, callback: Element) -> None:
    """Answers customers, sends a card to 阿美, greys it out after her click."""
    if callback.findtext("Event") == "kf_msg_or_event":
        for message in await bot.pull(callback):
            await _answer(bot, message)
    elif callback.findtext("Event") == "template_card_event":
        await _grey_out(bot, callback)
    else:
        await _staff(bot, str(callback.findtext("FromUserName")), "markdown", "content")


async def _answer(bot: ScriptedBot, message: Mapping[str, object]) -> None:
    if message["msgtype"] != "text" or message["origin"] != 3:
        return
    said = as_object(message["text"])
    if "快递" in str(said["content"]):
        await _reply(bot, "text", {"content": "在催了：https://shop.example/p/1"})
        await _staff(bot, "amei", "template_card", "card")
    elif said.get("menu_id") == "pink":
        await _reply(bot, "text", {"content": "粉色给您留着"})
    elif "人工" in str(said["content"]):
        asked: Json = {"open_kfid": KF, "external_userid": YU}
        asked |= {"service_state": 3, "servicer_userid": "amei"}
        await bot.call("kf/service_state/trans", asked)
    else:
        await _reply(bot, "msgmenu", MENU)


async def _reply(bot: ScriptedBot, msgtype: str, content: Json) -> None:
    body: Json = {"touser": YU, "open_kfid": KF, "msgtype": msgtype, msgtype: content}
    await bot.call("kf/send_msg", body)


async def _staff(bot: ScriptedBot, userid: str, msgtype: str, what: str) -> None:
    digest: Json = {"content": '# 日报\n接待 **86** 位，<font color="warning">超时 1</font>'}
    body: Json = {"touser": userid, "agentid": SETTINGS.agent_id, "msgtype": msgtype}
    body[msgtype] = CARD if what == "card" else digest
    await bot.call("message/send", body)


async def _grey_out(bot: ScriptedBot, callback: Element) -> None:
    picked = callback.findtext("SelectedItems/SelectedItem/OptionIds/OptionId")
    body: Json = {
        "userids": ["amei"],
        "agentid": SETTINGS.agent_id,
        "response_code": callback.findtext("ResponseCode"),
        "button": {"replace_name": f"已接单 {picked}"},
    }
    await bot.call("message/update_template_card", body)


def seat(page: Page, role: str) -> Locator:
    return page.locator(f"#seat-{role}")


async def write(page: Page, role: str, text: str) -> None:
    box = seat(page, role).locator("textarea")
    await box.fill(text)
    await box.press("Enter")


@pytest.fixture(autouse=True)
def _scripted(house: House) -> None:
    house.bot.script = shopkeeper


async def test_the_page_says_whose_shop_it_is_and_that_the_bot_is_there(page: Page) -> None:
    await expect(page.locator("#merchant")).to_have_text("测试商家")
    await expect(page.locator("#status")).to_contain_text("掌柜在线")
    await expect(page.locator("#status")).to_contain_text("回调已校验")


async def test_a_customer_types_and_sees_the_answer_and_clicks_the_menu(page: Page) -> None:
    customer = seat(page, "customer")
    await write(page, "customer", "鞋子有货吗")
    await customer.get_by_role("button", name="粉色 22 码").click()
    await expect(customer.locator('[data-sender="bot"]').last).to_contain_text("粉色给您留着")
    await expect(customer.locator(".session")).to_contain_text("掌柜接待中 · 还可回 4 条")


async def test_a_suggestion_is_sent_with_one_click(page: Page, house: House) -> None:
    await seat(page, "customer").get_by_role("button", name="在吗", exact=True).click()
    bubble = seat(page, "customer").locator('[data-sender="customer"]')
    await expect(bubble).to_contain_text("在吗")
    assert (await house.lines(f"customer:{KF}:{YU}"))[0]["body"] == {"content": "在吗"}


async def test_a_card_is_clicked_with_its_choice_and_shows_its_new_state(page: Page) -> None:
    await write(page, "customer", "我的快递呢")
    card = seat(page, "agent").locator(".card")
    await card.locator("select").select_option("tomorrow")
    await card.get_by_role("button", name="我来处理").click()
    await expect(card.get_by_role("button", name="已接单 tomorrow")).to_be_disabled()
    link = seat(page, "customer").locator('[data-sender="bot"] a')
    await expect(link).to_have_attribute("href", "https://shop.example/p/1")


async def test_a_choice_in_a_card_survives_other_news(page: Page, house: House) -> None:
    await write(page, "customer", "我的快递呢")
    choice = seat(page, "agent").locator(".card select")
    await choice.select_option("tomorrow")
    await house.control("staff/message", {"userid": "amei", "text": "/help"})
    await expect(seat(page, "agent").locator('[data-sender="member"]')).to_have_count(1)
    await expect(choice).to_have_value("tomorrow")


async def test_the_managers_digest_is_drawn_as_markdown(page: Page) -> None:
    await write(page, "manager", "日报")
    digest = seat(page, "manager").locator(".markdown")
    await expect(digest.locator(".md-h1")).to_have_text("日报")
    await expect(digest.locator("strong")).to_have_text("86")
    await expect(digest.locator(".md-warning")).to_have_text("超时 1")


async def test_text_of_customers_is_never_markup(page: Page) -> None:
    await write(page, "customer", "<img src=x onerror=alert(1)> 快递")
    bubble = seat(page, "customer").locator('[data-sender="customer"] .bubble')
    await expect(bubble).to_have_text("<img src=x onerror=alert(1)> 快递")
    await expect(bubble.locator("img")).to_have_count(0)


async def test_an_agent_takes_over_and_answers_as_a_person(page: Page) -> None:
    await write(page, "customer", "转人工")
    agent = seat(page, "agent")
    await agent.get_by_role("tab", name="接待").click()
    await expect(agent.locator(".served")).to_contain_text("小雨")
    await write(page, "agent", "我是阿美，我来帮您")
    said = seat(page, "customer").locator('[data-sender="servicer"]')
    await expect(said).to_contain_text("我是阿美，我来帮您")
    await agent.get_by_role("button", name="结束会话").click()
    await expect(seat(page, "customer").locator(".session")).to_have_text("会话已结束")


async def test_a_refused_reply_is_shown_with_its_reason(page: Page, house: House) -> None:
    house.bot.script = _no_script
    await write(page, "customer", "在吗")
    for _ in range(6):
        await house.reply()
    refused = seat(page, "customer").locator(".row.rejected")
    await expect(refused).to_contain_text("没有发出去 · 顾客再说话之前，最多回 5 条（95001）")


async def test_news_of_other_people_are_counted(page: Page, house: House) -> None:
    body: Json = {"touser": "xiaolu", "agentid": SETTINGS.agent_id, "msgtype": "text"}
    await house.api("message/send", {**body, "text": {"content": "给小鹿"}})
    other = seat(page, "agent").locator('[data-id="xiaolu"]')
    await expect(other.locator("em")).to_have_text("1")
    await other.click()
    await expect(seat(page, "agent").locator(".chat")).to_contain_text("给小鹿")
    await expect(other.locator("em")).to_have_count(0)


async def test_the_clock_is_turned_with_a_button(page: Page, house: House) -> None:
    await page.get_by_role("button", name="+48 小时").click()
    await expect(page.locator("#clock-date")).to_contain_text("+2 天")
    await page.get_by_role("button", name="到明早 9 点").click()
    await expect(page.locator("#clock-time")).to_have_text("09:00")
    await page.get_by_role("button", name="复位").click()
    await expect(page.locator("#clock-date")).not_to_contain_text("+")
    assert house.bot.offsets[0] == 48 * 3600
    assert house.bot.offsets[-1] == 0


async def test_a_bot_that_keeps_its_time_is_pointed_out(page: Page, house: House) -> None:
    await expect(page.locator("#merchant")).to_have_text("测试商家")
    await house.servers[1].close()
    await page.get_by_role("button", name="+10 分钟").click()
    await expect(page.locator("#banner")).to_contain_text("掌柜没有跟着拨")
    await expect(page.locator("#status")).to_contain_text("掌柜没有应答")


async def test_a_newcomer_is_added_and_can_write_at_once(page: Page, house: House) -> None:
    await seat(page, "customer").get_by_role("button", name="新顾客").click()
    chosen = seat(page, "customer").locator('.person[aria-pressed="true"]')
    await expect(chosen).to_have_text(re.compile("新顾客1"))
    await write(page, "customer", "第一次来")
    bubble = seat(page, "customer").locator('[data-sender="customer"]')
    await expect(bubble).to_contain_text("第一次来")


async def test_a_product_page_is_entered_with_its_item(page: Page, house: House) -> None:
    customer = seat(page, "customer")
    await customer.get_by_role("button", name="更多").click()
    await customer.get_by_label("哪件商品", exact=True).fill("item:tmall:7")
    await customer.get_by_role("button", name="从商品页进来").click()
    await expect(customer.locator(".notice")).to_have_attribute("title", "item:tmall:7")
    await customer.get_by_role("button", name="发商品链接").click()
    link = customer.locator(".link-card")
    await expect(link).to_have_attribute("href", re.compile("/taobao/goods/7$"))


async def test_backstage_lists_callbacks_and_calls(page: Page) -> None:
    await write(page, "customer", "鞋子有货吗")
    await expect(seat(page, "customer").locator(".menu")).to_be_visible()
    await page.get_by_role("button", name="幕后").click()
    backstage = page.locator("#backstage")
    await expect(backstage).to_contain_text("kf_msg_or_event")
    await expect(backstage).to_contain_text("kf/send_msg")
    await expect(backstage).to_contain_text("已送达")


@pytest.mark.parametrize("width", [1440, 1024])
async def test_nothing_spills_over_the_edge(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 768})
    await write(page, "customer", "鞋子有货吗")
    await expect(seat(page, "customer").locator(".menu")).to_be_visible()
    spilled = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert spilled <= 0
    for role in ("customer", "agent", "manager"):
        send = seat(page, role).get_by_role("button", name="发送")
        await expect(send).to_be_in_viewport(ratio=1)


async def _no_script(bot: ScriptedBot, callback: Element) -> None:
    """The bot stays silent."""
