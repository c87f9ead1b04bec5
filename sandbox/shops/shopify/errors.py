"""How Shopify says no: in `errors` of an answer of 200, each with a code under `extensions`."""

from sandbox.shops.wire import Json


class ShopifyError(Exception):
    """One refusal inside an answer of 200."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def body(self) -> Json:
        """The answer without its cost."""
        return {"errors": [{"message": self.message, "extensions": {"code": self.code}}]}


def no_field(kind: str, name: str) -> ShopifyError:
    """A field that the version does not have."""
    return ShopifyError("undefinedField", f"Field '{name}' doesn't exist on type '{kind}'")


def bad_argument(name: str, why: str) -> ShopifyError:
    """An argument that is missing, unknown or of another type."""
    return ShopifyError("argumentLiteralsIncompatible", f"Argument '{name}': {why}")


def unparsed(place: str) -> ShopifyError:
    """The query is no GraphQL."""
    return ShopifyError("parseError", f"Parse error on {place}")


THROTTLED = ShopifyError("THROTTLED", "Throttled")

_NAMED = {
    "rate_limit": THROTTLED,
    "server": ShopifyError("INTERNAL_SERVER_ERROR", "Internal error"),
    "permission": ShopifyError("ACCESS_DENIED", "Access denied for products field."),
}


def named(name: str) -> ShopifyError:
    """A refusal by the name that the control uses."""
    return _NAMED.get(name, ShopifyError(name, "planned"))
