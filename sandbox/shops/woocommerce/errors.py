"""How WooCommerce says no: an HTTP status, and `{code, message, data: {status}}`."""

from sandbox.shops.wire import Json


class WooCommerceError(Exception):
    """One refusal."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message

    def body(self) -> Json:
        """The answer's JSON."""
        return {"code": self.code, "message": self.message, "data": {"status": self.status}}


def unauthorised(message: str) -> WooCommerceError:
    """The signature, the key or the timestamp is wrong."""
    return WooCommerceError(401, "woocommerce_rest_authentication_error", message)


def bad_param(name: str, why: str) -> WooCommerceError:
    """A parameter is not what the schema says."""
    return WooCommerceError(400, "rest_invalid_param", f"Invalid parameter(s): {name} ({why})")


NO_ROUTE = WooCommerceError(
    404, "rest_no_route", "No route was found matching the URL and request method."
)
NO_ORDER = WooCommerceError(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
NO_PRODUCT = WooCommerceError(404, "woocommerce_rest_product_invalid_id", "Invalid ID.")

_NAMED = {
    "server": WooCommerceError(
        500, "internal_server_error", "There has been a critical error on this website."
    ),
    "rate_limit": WooCommerceError(429, "too_many_requests", "Too Many Requests"),
    "permission": WooCommerceError(
        403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."
    ),
}


def named(name: str) -> WooCommerceError:
    """A refusal by the name that the control uses."""
    return _NAMED.get(name, WooCommerceError(500, name, "planned"))
