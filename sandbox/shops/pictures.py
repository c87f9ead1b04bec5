"""Pictures and pages of items, so that links in the chat lead somewhere on loopback."""

import html

from aiohttp import web

from sandbox.shops.shelf import Shelf, ShelfItem
from sandbox.shops.vouchers import VoucherDesk
from sandbox.shops.wire import beijing, yuan

SWATCHES = ("#f6d5c9", "#d8e6d3", "#d3e0ee", "#f3e3b8", "#e4d8ee", "#cfe9e5")


def _find(shelf: Shelf, request: web.Request) -> ShelfItem:
    item = shelf.item(request.match_info["item"])
    if item is None:
        raise web.HTTPNotFound
    return item


def picture(shelf: Shelf, request: web.Request) -> web.Response:
    """A plain coloured card with the item's short name."""
    item = _find(shelf, request)
    colour = SWATCHES[int(item.item_id) % len(SWATCHES)]
    name = html.escape(item.product.nicks[0] if item.product.nicks else item.product.title)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300">'
        f'<rect width="300" height="300" fill="{colour}"/>'
        '<text x="150" y="165" font-size="40" text-anchor="middle" fill="#444">'
        f"{name}</text></svg>"
    )
    return web.Response(text=svg, content_type="image/svg+xml", charset="utf-8")


def page(shelf: Shelf, request: web.Request) -> web.Response:
    """The item's page: picture, title, price, variants with their stock."""
    item = _find(shelf, request)
    rows = "".join(
        f"<li>{html.escape(sku.label) or '默认'}：{sku.quantity} 件</li>" for sku in item.skus
    )
    title = html.escape(item.product.title)
    text = (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title>'
        f'<img src="../img/{item.item_id}.svg" width="240" alt=""><h1>{title}</h1>'
        f"<p>¥{yuan(item.product.price)}</p><ul>{rows}</ul></html>"
    )
    return web.Response(text=text, content_type="text/html", charset="utf-8")


def coupon(desk: VoucherDesk, request: web.Request) -> web.Response:
    """The page of one coupon that was taken."""
    voucher = desk.voucher(request.match_info["number"])
    if voucher is None:
        raise web.HTTPNotFound
    text = (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        f"<h1>{html.escape(voucher.activity.seed.title)}</h1>"
        f"<p>有效期至 {beijing(voucher.ends_at)}，核销码 {voucher.code}</p></html>"
    )
    return web.Response(text=text, content_type="text/html", charset="utf-8")
