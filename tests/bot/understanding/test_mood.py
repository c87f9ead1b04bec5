"""Anger is noticed, and neither haste nor joy is taken for it."""

import pytest

from bot.understanding.mood import Mood, mood_of

SOUNDS = {
    Mood.FURIOUS: """
        你们就是骗子
        垃圾店铺
        滚
        我要投诉你们
        打12315了
        再不处理我就曝光你们
        第三次问了
        我都问了三遍了
        问了好几次了没人理
        已经催了5次了
        气死我了
        受够了
        sb客服
        你们有病吧
        太坑了
        报警了啊
        真恶心
        """,
    Mood.VEXED: """
        怎么还没到！！！
        到底什么时候发货？？？
        人呢！！！
        无语
        什么态度
        烦不烦
        别复制粘贴了
        没人管吗
        你们到底管不管
        到底发不发货
        太离谱了
        WHERE IS MY ORDER
        这都几天了！！！
        真是服了
        """,
    Mood.CALM: """
        谢谢！！！
        太好了！！！
        在吗！！
        垃圾桶有货吗
        滚筒洗衣机多少钱
        报警器怎么装
        快点发货呀
        我的快递三天没动了
        什么时候发货
        第二次买了
        算了不投诉了
        第三次购买有优惠吗
        操作怎么弄
        孕吐恶心能吃吗
        曝光率高吗
        好的！！！
        IPHONE有货吗
        退货怎么退
        便宜死了！！！
        有没有XL的
        """,
}


@pytest.mark.parametrize(
    ("text", "mood"),
    [(line.strip(), mood) for mood, lines in SOUNDS.items() for line in lines.strip().splitlines()],
)
def test_how_a_message_sounds(text: str, mood: Mood) -> None:
    assert mood_of(text) is mood
