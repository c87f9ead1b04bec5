"""How WooCommerce writes moments: in the site's zone, and beside it in GMT; both without a zone."""

from datetime import UTC, datetime

from sandbox.shops.wire import Json
from sandbox.shops.woocommerce.params import SITE_ZONE

FORM = "%Y-%m-%dT%H:%M:%S"


def dates(name: str, moment: datetime | None) -> Json:
    """`name` and `name_gmt`."""
    if moment is None:
        return {name: None, f"{name}_gmt": None}
    return {
        name: moment.astimezone(SITE_ZONE).strftime(FORM),
        f"{name}_gmt": moment.astimezone(UTC).strftime(FORM),
    }
