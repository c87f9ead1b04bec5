"""Ten turns as the customer reads them, word by word."""

from datetime import timedelta

from desk.kernel.errors import Unavailable
from tests.actions.chat import Chat
from tests.actions.goods import ARRIVED, PAID, SHIPPED
from tests.actions.people import BROWSER, MIMI, STRANGER


async def test_stock_of_what_was_bought_last_time() -> None:
    chat = Chat(MIMI)
    read = await chat.says("上次买的鞋子有货吗", "stock_check", product="鞋子")
    assert read == [
        "婴儿学步鞋软底防滑：\n"
        "【有赞商城 · 今天 12:00】17 个规格有货，共 85 件，¥169\n"
        "　白色、粉色、蓝色；20、21、22、23、24、25\n"
        "【天猫旗舰店 · 今天 12:00】有货\n"
        "　白色 22：只剩 2 件，¥179",
        "告诉我颜色和尺码，我看看那一款还剩几件。",
    ]
    assert await chat.coupons_arrive() == [
        "送您一张优惠券“满200减20”，已在您的店铺账户里，下单时选上就能用。"
    ]


async def test_size_and_colour_while_a_shop_is_down() -> None:
    chat = Chat(BROWSER)
    await chat.says("看中的那双还有吗", "stock_check")
    chat.clock.turn(timedelta(minutes=30))
    chat.tmall.failure = Unavailable("down", "没有回应")
    read = await chat.says("白色22码", "stock_check", color="白色", size="22码")
    assert read == [
        "婴儿学步鞋软底防滑，白色 22码：\n"
        "【有赞商城 · 今天 12:30】还有 5 件，¥169\n"
        "【天猫旗舰店 · 今天 12:00 的数据，现在连不上】还有 2 件，¥179"
    ]


async def test_sold_out_and_a_wish_for_more() -> None:
    chat = Chat(STRANGER)
    read = await chat.says("连体衣有吗", "stock_check", product="连体衣")
    assert read == [
        "纯棉连体衣：\n【有赞商城 · 今天 12:00】没货了",
        "暂时都没货了。要登记补货提醒吗？",
    ]
    assert chat.labels == ["登记补货提醒"]
    assert await chat.taps("登记补货提醒") == [
        "记下了：纯棉连体衣。到货后按登记先后告诉您，60 天内有效。\n不想等了，回复“不用了”就取消。",
    ]


async def test_the_proof_and_the_parcel() -> None:
    chat = Chat(STRANGER)
    assert await chat.says("我的快递到哪了", "logistics_query") == [
        "请把订单号发给我，核对是您本人就能查；在店铺的“我的订单”里可以复制。"
    ]
    assert await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number) == [
        "为了保护您的订单信息，请再发一下这笔订单收货手机号的后四位。"
    ]
    assert await chat.says("0000") == [
        "没能核实这笔订单。请核对订单号和收货手机号，再发一次订单号；"
        "有的平台不显示手机号，在订单号后面写上实付金额也可以。"
        "都没错的话，可能是店铺系统正忙，过几分钟再试。"
    ]
    await chat.says(SHIPPED.number, "order_status", order_id=SHIPPED.number)
    assert await chat.says("2345") == [
        "您11月18日 12:00 下单的“婴儿学步鞋软底防滑”：\n"
        "中通快递 ZTO7712345678901，运输中\n"
        "前天 09:00 已到达嘉兴分拨中心"
    ]


async def test_a_parcel_that_does_not_move() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [SHIPPED]
    assert await chat.says("快递怎么两天没动了", "logistics_delay") == [
        "您11月18日 12:00 下单的“婴儿学步鞋软底防滑”：\n"
        "中通快递 ZTO7712345678901，运输中\n"
        "前天 09:00 已到达嘉兴分拨中心\n"
        "2 天没有新动态了，让您久等，抱歉。我请同事联系快递，查到就告诉您。",
        "物流问题已经登记好了，工单号 T-20261121-0001。"
        "同事会优先处理，最晚今天 14:00 前在这里答复您。",
    ]
    assert await chat.coupons_arrive() == [
        "送您一张优惠券“10元无门槛券”，已在您的店铺账户里，下单时选上就能用。"
    ]
    assert await chat.says("怎么样了", "ticket_progress") == [
        "物流问题（T-20261121-0001）：今天 12:00 登记，等同事接手，最晚今天 14:00 前答复您"
    ]


async def test_a_return() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [ARRIVED]
    assert await chat.says("不想要了能退吗", "return_request") == [
        "您11月10日 12:00 下单的“纯棉连体衣”：\n"
        "签收 7 天内、不影响再次销售的，一般都能退（定制、鲜活等除外）。"
        "寄到哪里、运费怎么算，同事核对后一起告诉您。",
        "退货已经登记好了，工单号 T-20261121-0001。同事会跟进，最晚明天 12:00 前在这里答复您。",
    ]


async def test_an_order_that_waits() -> None:
    chat = Chat(MIMI)
    chat.youzan.orders = [PAID]
    assert await chat.says("发货了没", "order_status") == [
        "您昨天 12:00 下单的“婴幼儿配方奶粉3段”：\n昨天 12:00 已付款，还没发出。订单金额 ¥169。"
    ]
    assert await chat.taps("催发货") == [
        "您昨天 12:00 下单的“婴幼儿配方奶粉3段”：\n"
        "昨天 12:00 付的款，还没发出，让您久等了。我请同事去催。",
        "催发货已经登记好了，工单号 T-20261121-0001。"
        "同事会尽快处理，最晚今天 20:00 前在这里答复您。",
    ]


async def test_prices_and_haggling() -> None:
    chat = Chat(STRANGER)
    assert await chat.says("学步鞋多少钱", "price_query", product="学步鞋") == [
        "婴儿学步鞋软底防滑：\n【有赞商城】¥169\n【天猫旗舰店】¥179",
        "有赞商城现在有优惠券“满200减20”，下单前可以先领。",
    ]
    assert await chat.says("便宜点呗", "price_query") == [
        "标价我改不了，用上优惠券“满200减20”能便宜些。想再商量，可以找人工客服。"
    ]


async def test_a_complaint_and_a_person() -> None:
    chat = Chat(MIMI)
    assert await chat.says("我要投诉", "complaint") == [
        "非常抱歉让您不愉快。您说的我都记下了，现在就请负责人来处理。",
        "投诉已经登记好了，工单号 T-20261121-0001。同事会优先处理，最晚今天 14:00 前在这里答复您。",
    ]
    assert await chat.says("转人工", "human_handoff") == [
        "好的，正在转人工客服，请稍等。前面的情况我已转给同事，不用再说一遍。"
    ]


async def test_hello_and_goodbye() -> None:
    chat = Chat(MIMI)
    assert await chat.says("在吗", "greet") == [
        "中午好，咪咪妈！我是智能助手掌柜。有货没货、快递到哪、有什么券，直接问我就行。"
    ]
    assert chat.labels == ["查库存", "查快递", "看优惠券", "找人工客服"]
    assert await chat.says("谢谢", "thank") == ["不客气，有需要随时找我。"]
    assert await chat.says("再见", "goodbye") == ["再见，有需要随时来找我。"]
