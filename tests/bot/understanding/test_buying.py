"""Who wants to buy is heard, and who speaks of something bought is not taken for a buyer."""

import pytest

from bot.understanding.buying import wants_to_buy


@pytest.mark.parametrize(
    "text",
    [
        *(
            "怎么下单",
            "在哪拍",
            "链接发我",
            "给我来两包",
            "那抱被小鹿的来一个",
            "发个链接",
            "哪里可以买",
        ),
        *("学步鞋怎么买啊", "购买链接发一下", "我要下单", "再来两罐吧", "拍一个", "那我下单了"),
    ],
)
def test_the_way_to_buy_is_asked_for(text: str) -> None:
    assert wants_to_buy(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "怎么下单不了",
            "在哪买的忘了",
            "退货链接发我",
            "我买了两包",
            "下单后多久发货",
            "怎么买的时候没券",
        ),
        *(
            "怎么拍照给你",
            "上次买两包",
            "买两双能便宜不",
            "直播间链接发我",
            "哪里买的",
            "昨天下单的",
        ),
        *(
            "确认收货链接失败",
            "换货怎么拍",
            "怎么下单的时候没减",
            "有货吗",
            "来人啊",
            "我上周买三双",
            "少发了 我买两包",
            "只到一件 我买两件",
            "哪个平台便宜",
        ),
    ],
)
def test_what_was_bought_or_is_another_matter_is_not(text: str) -> None:
    assert not wants_to_buy(text)
