"""A customer follows a ticket on its page, rates it there, and has it opened again in the chat."""

import re

import aiohttp

from tests.stories.world import Customer, World, eventually

ADDRESS = re.compile(r"^http://127\.0\.0\.1:\d+/t/[\w.-]+$", re.MULTILINE)
NUMBER = re.compile(r"T-\d{8}-\d{4}")


async def with_address(lin: Customer) -> tuple[str, str]:
    """The customer has a ticket: its number, and the address of its page."""
    told = await lin.asks("支付失败了，扣了两次款", "/t/")
    return NUMBER.findall(told)[0], ADDRESS.findall(told)[0]


async def test_a_ticket_is_followed_like_a_parcel_and_rated_on_its_page(
    own_world: World,
) -> None:
    agent = await own_world.member("amei")
    lin = await own_world.story_customer("林雨桐")
    number, address = await with_address(lin)
    async with aiohttp.ClientSession() as browser:

        async def page() -> str:
            async with browser.get(address) as answer:
                assert answer.status == 200
                return await answer.text()

        assert number in await page()
        assert "已登记，等同事接手" in await page()
        assert address in await lin.asks("处理得怎么样了", "/t/")

        await agent.says(f"/工单 take {number}")
        await lin.hears("负责")
        assert "阿美正在处理" in await page()
        await agent.says(f"/工单 note {number} 内部：顾客很急")
        await agent.says(f"/工单 done {number} 快递员今天送到，电话 13812345678")

        read = await lin.hears("满意吗")
        assert "已处理好" in read
        assert "还没解决" in read
        text = await page()
        assert "快递员今天送到，电话 〔电话〕" in text
        assert "内部" not in text

        ours = {"Origin": own_world.house.bot_url}
        rated = {"do": "rate", "score": "5", "words": "很快"}
        async with browser.post(address, data=rated, headers=ours) as answer:
            assert "谢谢，您的评价收到了。" in await answer.text()
        async with browser.post(address, data=rated, headers=ours) as answer:
            assert "您已经评价过了" in await answer.text()

        await lin.taps("还没解决")
        assert number in await lin.hears("重新打开")
        assert "阿美正在处理" in await page()
        way = await agent.asks(f"/工单 流转 {number}", "重新打开（顾客）")
        assert "阿美完成" in way


async def test_not_solved_on_the_page_comes_to_the_agent_and_revoked_it_is_gone(
    own_world: World,
) -> None:
    agent = await own_world.member("amei")
    lin = await own_world.story_customer("林雨桐")
    number, address = await with_address(lin)
    await agent.says(f"/工单 done {number}")
    await lin.hears("满意吗")
    async with aiohttp.ClientSession() as browser:
        ours = {"Origin": own_world.house.bot_url}
        again = {"do": "reopen", "words": "还是没人送"}
        async with browser.post(address, data=again, headers=ours) as answer:
            assert "已重新打开，同事接着办。" in await answer.text()
        assert "还是没人送" in await agent.hears("还没解决")
        assert number in await lin.hears("重新打开")

        await agent.asks(f"/工单 unlink {number}", "作废")

        async def is_gone() -> bool:
            async with browser.get(address) as answer:
                return answer.status == 410

        await eventually(is_gone)
        fresh = ADDRESS.findall(await agent.asks(f"/工单 link {number}", "/t/"))[0]
        assert fresh != address
        async with browser.get(fresh) as answer:
            assert answer.status == 200
