"""What `python -m bot check` says of templates: whether there is something to publish."""

from bot.templates.overview import standings
from bot.templates.problems import BadTemplates
from bot.wecom.check import Finding, Level
from desk.templates.ports import Drafts, TemplateReader


async def check_templates(reader: TemplateReader, drafts: Drafts) -> Finding:
    """One finding: files that are wrong, new drafts, or that all is in force."""
    try:
        known = await standings(reader, drafts)
    except BadTemplates as bad:
        return Finding(Level.FAIL, bad.code, bad.say)
    fresh = [each for each in known if each.is_fresh]
    if not fresh:
        return Finding(Level.OK, "templates.ok", f"工单模板 {len(known)} 个，都是最新的")
    names = "、".join(each.draft.template.name for each in fresh if each.draft)
    why = f"工单模板有新版可发布：{names}；看改动用 python -m bot templates diff，发布用 publish"
    return Finding(Level.WARN, "templates.fresh", why)
