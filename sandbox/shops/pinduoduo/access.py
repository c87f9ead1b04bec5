"""Asked before anything else: the token's refresh, and the permission for messages."""

from sandbox.shops.pinduoduo.api import Api
from sandbox.shops.pinduoduo.form import Form
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.wire import Json


def refresh(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.pop.auth.token.refresh {refresh_token}, without a token of its own."""
    return shop.tokens.refresh(form.required("refresh_token"), shop.clock.now())


def permit(shop: PinduoduoShop, form: Form) -> Json:
    """pdd.pmc.user.permit {topics}: comma-separated, all of the app's without."""
    shop.messages.permit(form.text("topics"))
    return {"is_success": True}


def accrued(shop: PinduoduoShop, _form: Form) -> Json:
    """pdd.pmc.accrue.query: how many messages wait for an ack."""
    waiting = [message for message in shop.messages.messages if not message.acked]
    return {"accrue_count": len(waiting)}


APIS = (
    Api(
        "pdd.pop.auth.token.refresh", "pop_auth_token_refresh_response", refresh, needs_token=False
    ),
    Api("pdd.pmc.user.permit", "pmc_user_permit_response", permit),
    Api("pdd.pmc.accrue.query", "pmc_accrue_query_response", accrued),
)
