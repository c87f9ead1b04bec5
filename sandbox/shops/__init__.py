"""The fake shops: a strict gateway for each platform over one seeded merchant."""

import os

from aiohttp import web

from sandbox.clock import Clock
from sandbox.shops.credentials import Credentials, from_environment
from sandbox.shops.douyin import credentials as douyin_keys
from sandbox.shops.douyin import gateway as douyin
from sandbox.shops.douyin.shop import DouyinShop
from sandbox.shops.jd import credentials as jd_credentials
from sandbox.shops.jd import gateway as jd
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.kuaishou import gateway as kuaishou
from sandbox.shops.pinduoduo import credentials as pinduoduo_keys
from sandbox.shops.pinduoduo import gateway as pinduoduo
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.shopify import gateway as shopify
from sandbox.shops.taobao import gateway as taobao
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wechat_store import gateway as wechat_store
from sandbox.shops.woocommerce import gateway as woocommerce
from sandbox.shops.youzan import gateway as youzan
from sandbox.shops.youzan.shop import YouzanShop


def applications(
    clock: Clock, credentials: Credentials | None = None
) -> dict[str, web.Application]:
    """The applications by the path they are mounted under; the seeds are as old as `clock` now."""
    keys = credentials or from_environment(os.environ)
    return {
        "/youzan": youzan.Gateway(YouzanShop(clock, keys)).application(),
        "/taobao": taobao.Gateway(TaobaoShop(clock, keys)).application(),
        "/douyin": douyin.Gateway(
            DouyinShop(clock, douyin_keys.from_environment(os.environ))
        ).application(),
        "/pinduoduo": pinduoduo.Gateway(
            PinduoduoShop(clock, pinduoduo_keys.from_environment(os.environ))
        ).application(),
        "/jd": jd.Gateway(JdShop(clock, jd_credentials.from_environment(os.environ))).application(),
        "/wechat_store": wechat_store.application(clock, os.environ),
        "/woocommerce": woocommerce.application(clock, os.environ),
        "/shopify": shopify.application(clock, os.environ),
        "/kuaishou": kuaishou.application(clock, os.environ),
    }
