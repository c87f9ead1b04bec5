"""Decrypting: masked for all, in full only with a permission which this app does not have."""

from sandbox.shops.wire import mask_mobile, mask_name
from sandbox.shops.youzan.api import Api
from sandbox.shops.youzan.errors import BAD_PARAMETER, BusinessError, named
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop


def _masked(shop: YouzanShop, sealed: str) -> str:
    try:
        plain = shop.vault.open(sealed)
    except ValueError as error:
        raise BusinessError(BAD_PARAMETER, "参数错误：密文不正确") from error
    return mask_mobile(plain) if plain.isdecimal() else mask_name(plain)


def mask_one(shop: YouzanShop, params: Params) -> object:
    """youzan.cloud.secret.decryptmask.single 1.0.0 {source}: 138****5678."""
    return _masked(shop, params.required("source"))


def mask_many(shop: YouzanShop, params: Params) -> object:
    """youzan.cloud.secret.decryptmask.batch 1.0.0 {sources}: ciphertext to masked text."""
    return {sealed: _masked(shop, sealed) for sealed in params.texts("sources", 100)}


def refuse(_shop: YouzanShop, _params: Params) -> object:
    """youzan.cloud.secret.decrypt.*: a separate permission, not granted."""
    raise named("permission")


APIS = (
    Api("youzan.cloud.secret.decryptmask.single", "1.0.0", mask_one),
    Api("youzan.cloud.secret.decryptmask.batch", "1.0.0", mask_many),
    Api("youzan.cloud.secret.decrypt.single", "1.0.0", refuse),
    Api("youzan.cloud.secret.decrypt.batch", "1.0.0", refuse),
)
