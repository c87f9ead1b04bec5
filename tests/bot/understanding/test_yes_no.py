"""Short answers: yes, no, not yet, and what is none of them."""

import pytest

from bot.understanding.yes_no import NO, WAIT, YES, yes_or_no

MEANINGS = {
    YES: "嗯 嗯嗯 对 对的 是 是的 好 好的 好哒 行 行吧 可以 可以的 OK ok的 没错 确定 确认 要 要的 "
    "取消吧 嗯，取消吧 好的谢谢 对，就这样 好，麻烦了 "
    "是的是的 成 就是这单 帮我取消 确认取消 删吧 👌 想好了 嗯！",
    NO: "不 不用 不用了 不要 算了 别 不是 不行 先不 先不了 没有 还是不了 算了吧 不，不用了 别取消 "
    "保留吧 不改了 no 不用了谢谢",
    WAIT: "等一下 等等 稍等 等会 先等等 我想想 让我想想吧 考虑一下 "
    "再说吧 先别 嗯,等一下 问下我老公",
    "": "好吃吗 有券吗 取消后多久退款 是不是要钱 好的那22码有吗 不要白色要黑色 对了帮我开票 "
    "转人工 22码 要黑色的 不是22是23 可以退货吗 没收到 等了三天了 行不行 "
    "能不能快点 嗯哼那个 谢谢 ！",
}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [(text, meaning) for meaning, texts in MEANINGS.items() for text in texts.split(" ") if text],
)
def test_a_short_answer_is_told_from_everything_else(text: str, meaning: str) -> None:
    assert yes_or_no(text) == meaning
