"""`python -m bot check`: says what is missing or misconfigured, and tries every connection."""

import sys
from collections.abc import AsyncIterator

from bot.carrier_check import check_trackers
from bot.opinion.model import LanguageModel
from bot.routing.finding import check_routing
from bot.settings import Settings
from bot.sla.next_year import ANNOUNCED, unknown_year
from bot.templates.finding import check_templates
from bot.ticket_pages import check_pages
from bot.wecom.check import Finding, Level, check_wecom
from bot.wiring import House, build_house
from desk.kernel.errors import DeskError

_MARKS = {Level.OK: "✔", Level.WARN: "!", Level.FAIL: "✘"}
_MISSING = "没有设置；在企业微信管理后台的应用页面可以找到，设为环境变量后重试"


async def check(settings: Settings) -> int:
    """Print a line per finding; 0 when nothing fails, 1 otherwise."""
    failed = False
    async for finding in _findings(settings):
        failed = failed or finding.level is Level.FAIL
        sys.stdout.write(f"{_MARKS[finding.level]} {finding.say}  [{finding.code}]\n")
    return int(failed)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    missing = _missing(settings)
    for name in missing:
        yield Finding(Level.FAIL, "setting.missing", f"{name} {_MISSING}")
    async with build_house(settings) as house:
        yield Finding(Level.OK, "database.ok", "PostgreSQL 可以连接，表结构是最新的")
        async for finding in _parts(house):
            yield finding
        if not missing:
            for finding in await _wecom(settings, house):
                yield finding


async def _wecom(settings: Settings, house: House) -> tuple[Finding, ...]:
    return await check_wecom(
        house.wecom,
        settings.wecom_agent_id,
        settings.wecom_token.get_secret_value(),
        settings.wecom_aes_key.get_secret_value(),
    )


async def _parts(house: House) -> AsyncIterator[Finding]:
    if await house.wakes.reachable():
        yield Finding(Level.OK, "redis.ok", "Redis 可以连接")
    else:
        yield Finding(Level.WARN, "redis.away", "Redis 连不上：仍可工作，但响应会慢半秒")
    if await house.nlu.ready():
        yield Finding(Level.OK, "nlu.ok", "语义服务（NLU）可以连接")
    else:
        why = f"语义服务（NLU）连不上 {house.settings.nlu_url}：请启动 make nlu，或检查 NLU_URL"
        yield Finding(Level.WARN, "nlu.away", why)
    if house.model is not None:
        yield await _model(house.model)
    yield check_pages(house.settings)
    yield Finding(Level.OK, "service_hours.ok", f"客服时间：{house.merchant.hours.told()}")
    if year := unknown_year(house.merchant.terms.calendar, house.clock.now(), ANNOUNCED):
        why = f"{year} 年的放假和调休还没有录入：公布后请写进 SHOPS_FILE 的 sla.special"
        yield Finding(Level.WARN, "holidays.missing", why)
    for finding in check_routing(house.merchant.routing, house.merchant.stores, house.members):
        yield finding
    yield await check_templates(house.desk.templates, house.desk.drafts)
    if not house.desk.shops.shops:
        yield Finding(Level.WARN, "shops.none", "没有连接任何店铺：请设置 SHOPS_FILE")
    for shop in house.desk.shops.shops:
        yield await _shop(house, shop.id, shop.name)
    for finding in await check_trackers(house.trackers.all, house.tracker_entries):
        yield finding


async def _model(model: LanguageModel) -> Finding:
    try:
        await model.ask("check", '只输出 JSON：{"ok": true}', {})
    except DeskError as error:
        why = f"语言模型：{error.say}（没有它机器人照常工作）"
        return Finding(Level.WARN, f"model.{error.code}", why)
    return Finding(Level.OK, "model.ok", "语言模型可以使用，拿不准的话会先问它")


async def _shop(house: House, shop_id: str, name: str) -> Finding:
    await house.desk.shops.silent()
    health = next(each for each in house.desk.shops.health() if each.shop == shop_id)
    if health.why is None:
        return Finding(Level.OK, "shop.ok", f"店铺“{name}”可以连接")
    return Finding(
        Level.FAIL, f"shop.{health.why}", f"店铺“{name}”无法使用：{_SHOP_ADVICE[health.why]}"
    )


_SHOP_ADVICE = {
    "unavailable": "没有应答，请检查 base_url 和网络",
    "auth_expired": "授权已过期或无效，请在平台重新授权并更新 credentials",
    "refused": "平台拒绝了请求，请检查 credentials 和接口权限",
}


def _missing(settings: Settings) -> list[str]:
    values = {
        "WECOM_CORP_ID": settings.wecom_corp_id,
        "WECOM_AGENT_ID": settings.wecom_agent_id,
        "WECOM_SECRET": settings.wecom_secret.get_secret_value(),
        "WECOM_TOKEN": settings.wecom_token.get_secret_value(),
        "WECOM_AES_KEY": settings.wecom_aes_key.get_secret_value(),
    }
    return [name for name, value in values.items() if not value]
