"""Buying: 怎么下单, 链接发我, 来两包 ask for the way to buy, whatever the NLU takes them for."""

import re

from actions.how_to_buy import BUYING

_OTHER_MATTER = re.compile(
    r"[券退换赔]|发票|开票|售后|会员|物流|快递|直播|优惠|满减|积分|活动|地址|"
    r"不了|不上|失败|不成功|没成功|扣|上次|上回|上周|上个?月|昨天|前天|之前|前几天|刚|去年|已经|当时|便宜|划算|少[发了给]|漏|[收只]到|坏|破"
)
_LONGEST = 30


def wants_to_buy(text: str) -> bool:
    """Tell whether a message asks for the way to buy, and for nothing else."""
    said = text.strip()
    return len(said) <= _LONGEST and bool(BUYING.search(said)) and not _OTHER_MATTER.search(said)
