"""A ticket's page in a real Chromium: phone and desk, day and night, with and without script."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from bot.server import build_app
from desk.kernel.messages import TicketLink
from desk.ratings.model import rating_of
from desk.tickets.commands import FinishTicket, TakeTicket, WaitOnTicket
from desk.tickets.model import TicketState
from tests.bot.web.bench import NUMBER, Bench

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Scheme = Literal["light", "dark"]
MINUTE = timedelta(minutes=1)
TAKE = TakeTicket(NUMBER, "amei")
DONE = FinishTicket(NUMBER, "amei", "已经请中通重新派送，明天上午送到，到之前会给您打电话。")
ASK = WaitOnTicket(NUMBER, "amei", "请拍一张面单和外包装的照片，我们核对后马上给您补发。")
PHONE, DESKTOP = 360, 1200
A_POLL = 16_000
"""Milliseconds, a little more than the page waits between two looks."""


@asynccontextmanager
async def desk() -> AsyncIterator[Bench]:
    """A customer's ticket, and its page on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    bench = Bench(public_url=f"http://127.0.0.1:{listening.getsockname()[1]}")
    await bench.opened()
    runner = web.AppRunner(build_app(bench.door.routes()), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    yield bench
    await runner.cleanup()


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with desk() as opened:
        yield opened


@asynccontextmanager
async def visit(
    browser: Browser,
    bench: Bench,
    width: int = PHONE,
    scheme: Scheme = "light",
    *,
    script: bool = True,
    path: str = "",
    before: str = "",
) -> AsyncIterator[Page]:
    """The page, open; the test fails where the browser complains about it."""
    context = await browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, java_script_enabled=script
    )
    page = await context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    if script:
        await page.clock.install()
        await page.add_init_script(before)
    await page.goto(bench.public_url + (path or bench.path))
    yield page
    await context.close()
    assert [each for each in problems if "404" not in each and "410" not in each] == []


async def solve(bench: Bench) -> None:
    """阿美 asks once, and solves it."""
    await bench.staff_does(TAKE, after=3 * MINUTE)
    await bench.staff_does(ASK, after=MINUTE)
    await bench.staff_does(DONE, after=40 * MINUTE)


CONTRAST = """() => {
  const levels = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const color = levels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !each.getClientRects().length) continue;
    const [a, b] = [light(levels(getComputedStyle(each).color)), light(ground(each))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${each.textContent.trim()}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, PHONE, DESKTOP])
async def test_it_fits_and_can_be_read_in_every_state(
    browser: Browser, bench: Bench, width: int, scheme: Scheme
) -> None:
    async def is_good() -> None:
        async with visit(browser, bench, width, scheme) as page:
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            assert await page.evaluate(CONTRAST) == []

    await is_good()
    bench.house.clock.turn(timedelta(hours=5))
    await is_good()
    await bench.staff_does(TAKE)
    await bench.staff_does(ASK, after=MINUTE)
    await is_good()
    await bench.staff_does(DONE, after=MINUTE)
    await is_good()
    bench.change(state=TicketState.CLOSED)
    await is_good()


async def test_weak_contrast_would_be_noticed(browser: Browser, bench: Bench) -> None:
    async with visit(browser, bench) as page:
        await page.evaluate("document.querySelector('h1 span').style.color = '#9aa39a'")
        assert await page.evaluate(CONTRAST) == ["已登记，等同事接手: 2.58"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_it_is_rated_by_two_clicks(
    browser: Browser, bench: Bench, width: int, *, script: bool
) -> None:
    await solve(bench)
    async with visit(browser, bench, width, script=script) as page:
        await page.get_by_text("满意", exact=True).click()
        await page.get_by_label("想说的话").fill("很快就办好了")
        await page.get_by_role("button", name="提交评价").click()
        await expect(page.get_by_role("status")).to_have_text("谢谢，您的评价收到了。")
        await expect(page.get_by_role("region", name="您的评价")).to_contain_text("满意")
        await expect(page.get_by_role("button", name="提交评价")).to_have_count(0)
    rating = bench.house.books.ratings.kept[rating_of(bench.ticket.id)]
    assert (rating.score, rating.words) == (4, "很快就办好了")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_it_is_opened_again_by_a_click(
    browser: Browser, bench: Bench, *, script: bool
) -> None:
    await solve(bench)
    async with visit(browser, bench, script=script) as page:
        await page.get_by_text("还没解决？").click()
        await page.get_by_label("哪里还没解决").fill("今天还是没送")
        await page.get_by_role("button", name="还没解决，请接着办").click()
        await expect(page.get_by_role("status")).to_have_text("已重新打开，同事接着办。")
        await expect(page.get_by_role("heading", level=1)).to_have_text("阿美正在处理")
        await expect(page.get_by_text("您说还没解决，已重新打开")).to_be_visible()
    assert bench.ticket.state is TicketState.TAKEN


async def test_a_keyboard_is_enough(browser: Browser, bench: Bench) -> None:
    await solve(bench)
    async with visit(browser, bench, DESKTOP) as page:
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        for _ in range(3):
            await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("radio", name="满意", exact=True)).to_be_checked()
        await page.keyboard.press("Tab")
        await page.keyboard.type("好")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_be_visible()
    assert bench.house.books.ratings.kept[rating_of(bench.ticket.id)].score == 4


async def test_a_form_without_a_score_is_not_sent(browser: Browser, bench: Bench) -> None:
    await solve(bench)
    async with visit(browser, bench) as page:
        await page.get_by_role("button", name="提交评价").click()
        await expect(page.get_by_role("status")).to_have_count(0)
    assert bench.house.books.ratings.kept[rating_of(bench.ticket.id)].score is None


async def test_an_open_page_follows_what_happens(browser: Browser, bench: Bench) -> None:
    async with visit(browser, bench) as page:
        headline = page.get_by_role("heading", level=1)
        await expect(headline).to_have_text("已登记，等同事接手")
        await bench.staff_does(TAKE, after=MINUTE)
        await page.clock.run_for(A_POLL)
        await expect(headline).to_have_text("阿美正在处理")
        await bench.staff_does(DONE, after=MINUTE)
        await page.clock.run_for(A_POLL)
        await expect(headline).to_have_text("已处理好")
        bench.change(link_version=1)
        await page.clock.run_for(A_POLL)
        await expect(headline).to_have_text("打不开这个页面")


async def test_who_writes_is_not_disturbed(browser: Browser, bench: Bench) -> None:
    await solve(bench)
    async with visit(browser, bench) as page:
        words = page.get_by_label("想说的话")
        await words.fill("我还在写")
        bench.change(state=TicketState.CLOSED)
        await page.clock.run_for(A_POLL)
        await expect(words).to_have_value("我还在写")


async def test_without_a_script_the_page_loads_itself_again_unless_there_is_a_form(
    browser: Browser, bench: Bench
) -> None:
    refresh = 'meta[http-equiv="refresh"]'
    async with visit(browser, bench, script=False) as page:
        await expect(page.locator(refresh)).to_have_count(1)
    await solve(bench)
    async with visit(browser, bench, script=False) as page:
        await expect(page.locator(refresh)).to_have_count(0)


async def test_inside_wechat_a_button_leads_back_to_the_chat(
    browser: Browser, bench: Bench
) -> None:
    bridge = "window.WeixinJSBridge = { call: (what) => { window.called = what; } };"
    async with visit(browser, bench, before=bridge) as page:
        await page.get_by_role("button", name="回到微信对话").click()
        assert await page.evaluate("window.called") == "closeWindow"
    async with visit(browser, bench) as page:
        await expect(page.get_by_role("button", name="回到微信对话")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_link_that_opens_nothing_says_what_to_do(
    browser: Browser, bench: Bench, scheme: Scheme
) -> None:
    revoked = bench.links.token(TicketLink(bench.ticket.id, 9))
    async with visit(browser, bench, PHONE, scheme, path=f"/t/{revoked}") as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("打不开这个页面")
        await expect(page.get_by_text("查进度")).to_be_visible()
        assert await page.evaluate(CONTRAST) == []


async def test_what_is_to_be_tapped_is_big_enough_for_a_thumb(
    browser: Browser, bench: Bench
) -> None:
    await solve(bench)
    async with visit(browser, bench) as page:
        await page.get_by_text("还没解决？").click()
        for each in await page.locator("button:visible, .look, textarea").all():
            box = await each.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 44
