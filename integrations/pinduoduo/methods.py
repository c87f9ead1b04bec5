"""The methods of Pinduoduo's gateway that are used, where each answers, and how often it may be."""

from dataclasses import dataclass

from integrations.rate import Rate


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its `type`, the names its answer may stand under, and its own limit, if any.

    The limits are those of the platform's table for one app; None: only the app's own counts.
    """

    type: str
    answers_in: tuple[str, ...]
    rate: Rate | None = None
    needs_token: bool = True


GOODS_LIST = Method("pdd.goods.list.get", ("goods_list_get_response",), Rate(600, 60))
GOODS_DETAIL = Method("pdd.goods.detail.get", ("goods_detail_get_response",))
ORDER = Method("pdd.order.information.get", ("order_info_get_response",))
CHANGED_ORDERS = Method(
    "pdd.order.number.list.increment.get", ("order_sn_increment_get_response",), Rate(3000, 60)
)
REFUNDS = Method("pdd.refund.list.increment.get", ("refund_increment_get_response",), Rate(100, 10))
CARRIERS = Method("pdd.logistics.companies.get", ("logistics_companies_get_response",))
TRACE = Method(
    "pdd.logistics.ordertrace.get",
    # The platform misspells its own answer; the right word is taken too, should it ever learn.
    ("logistics_ordertrace_get_resposne", "logistics_ordertrace_get_response"),
    Rate(4800, 20),
)
PERMIT_MESSAGES = Method("pdd.pmc.user.permit", ("pmc_user_permit_response",))
REFRESH = Method(
    "pdd.pop.auth.token.refresh", ("pop_auth_token_refresh_response",), needs_token=False
)

ALL = (
    GOODS_LIST,
    GOODS_DETAIL,
    ORDER,
    CHANGED_ORDERS,
    REFUNDS,
    CARRIERS,
    TRACE,
    PERMIT_MESSAGES,
    REFRESH,
)
