"""The merchant's own answers are found when the customer asks the same, and only then."""

import pytest

from desk.consulting.faq import answering, related
from desk.consulting.model import FaqEntry

SIZES = FaqEntry("学步鞋尺码怎么选", "量脚长。", ("学步鞋",))
WASHING = FaqEntry("学步鞋怎么洗，能机洗吗", "手洗。", ("学步鞋",))
GENUINE = FaqEntry("是正品吗", "是的。")
DIAPERS = FaqEntry("纸尿裤尺码按多少斤选", "按体重。", ("纸尿裤",))
FREIGHT = FaqEntry("包邮吗，运费多少", "满99元包邮。")
ARRIVAL = FaqEntry("几天能到", "两三天。")
SHELF_LIFE = FaqEntry("保质期到什么时候", "一年以上。", ("米粉",))
FAQ = (SIZES, WASHING, GENUINE, DIAPERS, FREIGHT, ARRIVAL, SHELF_LIFE)
SHOE = "步步熊软底学步鞋 宝宝鞋子"


@pytest.mark.parametrize(
    ("question", "title", "entry"),
    [
        ("学步鞋尺码怎么选", "", SIZES),
        ("尺码怎么选啊", SHOE, SIZES),
        ("这鞋能机洗吗", SHOE, WASHING),
        ("请问你们是正品吗", "", GENUINE),
        ("你们家的是正品吧", SHOE, GENUINE),
        ("尺码怎么选", "", None),
        ("鞋底厚不厚", SHOE, None),
        ("尺码怎么选", "小鲸鱼奶瓶", None),
        ("", SHOE, None),
        ("宝宝脚长13.5 学步鞋选多大", "", SIZES),
        ("脚长十三厘米应该穿多大呀", SHOE, SIZES),
        ("我家五个多月然后十六斤左右要用什么码的纸尿裤", "", DIAPERS),
        ("是不是正品啊 别是假货", "", GENUINE),
        ("学步鞋多大的宝宝能穿", "", None),
        ("学步鞋怎么退", "", None),
        ("怎么选码", SHOE, SIZES),
        ("学步鞋怎么还没到", "", None),
        ("退货运费多少", "", None),
        ("运费多少", "", FREIGHT),
        ("退款几天能到", "", None),
        ("米粉到什么时候有货", "", None),
        ("这双脏了可以扔洗衣机水洗吗", SHOE, WASHING),
    ],
)
def test_the_entry_that_asks_the_same_answers(
    question: str, title: str, entry: FaqEntry | None
) -> None:
    assert answering(FAQ, question, title) == entry


def test_what_is_written_about_the_product_may_help_whatever_is_asked() -> None:
    assert set(related(FAQ, "鞋底厚不厚", SHOE)) == {SIZES, WASHING}


def test_entries_of_other_products_never_help() -> None:
    assert DIAPERS not in related(FAQ, "纸尿裤的尺码怎么选", "") or DIAPERS.fits("纸尿裤")
    assert DIAPERS not in related(FAQ, "尺码怎么选", SHOE)
