"""How Shopify writes ids, money and moments."""

from datetime import UTC, datetime

from sandbox.shops.wire import Json, yuan


def gid(kind: str, number: object) -> str:
    """gid://shopify/Order/5123."""
    return f"gid://shopify/{kind}/{number}"


def money(fen: int, currency: str = "CNY") -> Json:
    """A MoneyV2: trailing zeros beyond the first are left out."""
    written = yuan(fen)
    return {
        "amount": written[:-1] if written.endswith("0") else written,
        "currencyCode": currency,
    }


def bag(fen: int, currency: str = "CNY") -> Json:
    """A MoneyBag; the buyer pays in the shop's currency."""
    return {"shopMoney": money(fen, currency), "presentmentMoney": money(fen, currency)}


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
