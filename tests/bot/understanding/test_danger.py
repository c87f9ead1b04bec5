"""Danger to life is noticed in all its wordings, and figures of speech are left alone."""

import pytest

from bot.understanding.danger import DANGER, danger

IN_DANGER = """
宝宝喝奶呛到没呼吸了怎么办
我不想活了
孩子误食了干燥剂在抽搐
推车着火了
我要跳楼
他刚把一个小的塞嘴里了 卡住了
脸都紫了怎么办啊
孩子把纽扣电池吞了
宝宝吞了一颗磁力珠
刚才吃了干燥剂
娃喝了洗衣液
洗衣凝珠被孩子咬破喝了一口 误食了
老人吃了你们的保健品昏迷了
吃完全身起疹子喘不上气
孩子噎住了快救救
果冻卡在喉咙里了
卡住喉咙了
嘴唇发紫
脸色都青了
喊不醒了
宝宝没反应 没有心跳
口吐白沫了
摔下来流血不止
血止不住
充电宝突然爆炸了
插座冒烟起火
电池自燃了 家里着火
热水器漏电电到人了
被电到了 手麻
煤气泄漏了
救命
救命啊 孩子不动了
快救人
出人命了
已经叫了120
在医院抢救 送急救了
会不会中毒了 他吃了一口
是不是中毒了
活着没意思
活不下去了
真的想死
死了算了
不退钱我就自杀
我要割腕
一了百了算了
遗书都写好了
吞了一瓶安眠药
再不退我杀了你
信不信我弄死你
我拿刀去你们店里砍人
跟你们同归于尽
放火烧了你们店
炸了你们
不 想 活 了
老人晕倒了
宝宝掉水里了
孩子呼吸困难
娃一直翻白眼
吐血了
孩子休克了
救命啊
我吃了一瓶安眠药
喝了清洁剂肚子疼
我不想再活了
有人要杀我
他要打死我了快来人
煤气味很大头晕
孩子被烫伤了 严重
老人摔倒起不来了
从床上摔下来了不哭了
""".strip().splitlines()

SAFE = """
想死你们家的奶茶了
想死你了
这鞋子好看死了
我要被你们气死了
便宜死了
快递急死人了
笑死
笑死我了
累死我了
饿死了
热死了
羡慕死了
价格杀疯了
这价格也太贵死了
跳楼价吗
跳楼大甩卖
自杀式优惠
救命这也太好看了
救命 谁懂啊
救命稻草
美到窒息
好看到窒息
窒息的操作
这个操作让人窒息 操作太窒息了
爆炸好吃
爆炸头
信息量爆炸
人气爆炸了
快递卡住了
页面卡住了
付款没反应
手机卡住了没反应
订单卡住不动了
种草中毒了
防窒息床垫有吗
防噎勺子
会不会噎住
会窒息吗
小孩用会不会触电
充电会爆炸吗
电池会着火吗
容易起火吗
有漏电保护吗
灭火器多少钱
防火的吗
杀菌效果好吗
杀虫剂有货吗
秒杀几点开始
能杀价吗
打死不买了
死贵死贵的
死活付不了款
等死我了
想杀人的心都有了
这个积木几岁能玩
怕中毒 甲醛会超标吗
你们家真是火了
店里着火爆了
我死心了
抢死了都没抢到
吃了有副作用吗
喝了睡得好吗
吞咽困难的老人能吃吗
死机了怎么办
不会爆炸吧
担心窒息
要死要活的
帮我看看快递
鞋子22码有吗
店员翻白眼 什么态度
家长群都炸了 你们等着
打你们电话一直占线
赠品已经吃了 退正品要扣钱吗
热水器打不着火
救命 打开全是虫
点错店了 救命 退一下
""".strip().splitlines()


@pytest.mark.parametrize("text", IN_DANGER)
def test_danger_to_life_is_noticed(text: str) -> None:
    meant = danger(text)
    assert meant is not None
    assert (meant.intent, meant.confidence) == (DANGER, 1.0)


@pytest.mark.parametrize("text", SAFE)
def test_figures_of_speech_and_questions_are_no_danger(text: str) -> None:
    assert danger(text) is None


def test_both_sides_are_told_at_length() -> None:
    assert len(set(IN_DANGER)) + len(set(SAFE)) >= 80
