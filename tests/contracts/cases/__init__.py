"""One case for each platform with a fake; the contract of shops is tried on all of them."""

from desk.shops.powers import Power
from tests.contracts.cases.douyin import DOUYIN
from tests.contracts.cases.jd import JD
from tests.contracts.cases.kuaishou import KUAISHOU
from tests.contracts.cases.pinduoduo import PINDUODUO
from tests.contracts.cases.shape import ShopCase
from tests.contracts.cases.shopify import SHOPIFY
from tests.contracts.cases.taobao import TAOBAO
from tests.contracts.cases.wechat_store import WECHAT_STORE
from tests.contracts.cases.woocommerce import WOOCOMMERCE
from tests.contracts.cases.youzan import YOUZAN

ALL: tuple[ShopCase, ...] = (
    YOUZAN,
    TAOBAO,
    JD,
    WECHAT_STORE,
    DOUYIN,
    PINDUODUO,
    WOOCOMMERCE,
    SHOPIFY,
    KUAISHOU,
)


def that_can(*powers: Power) -> list[ShopCase]:
    """The platforms with these powers."""
    return [case for case in ALL if case.powers.issuperset(powers)]
