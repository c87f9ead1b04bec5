"""哪家店最便宜 asks for prices, however much it looks like a question for the way to a store."""

import re

_COMPARES = re.compile(
    r"哪(?:一?[个家边里]|儿)?(?:平台|网?店铺?|商城|渠道)?.{0,6}?(?:便宜|划算|实惠|优惠|价格?最?低|低价)"
)


def compares_prices(text: str) -> bool:
    """Tell whether a message asks which of the shops is the cheapest."""
    return bool(_COMPARES.search(text))
