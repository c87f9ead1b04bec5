"""Where templates stand as files: what the house comes with, and the merchant's own over it."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.merchant import Merchant
from bot.rules.actions import Places
from bot.settings import Settings
from bot.templates.checks import check_template
from bot.templates.problems import BadTemplates, Problem
from bot.templates.reading import read_template
from desk.templates.model import Template
from desk.templates.versions import Draft

LIBRARY = Path(__file__).parent / "library"
"""What the house comes with."""
_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The templates that could be read, by id, and all that is wrong."""

    templates: tuple[Template, ...]
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What has to be repaired."""
        return tuple(each for each in self.problems if not each.is_warning)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What need not be."""
        return tuple(each for each in self.problems if each.is_warning)


def drafts_of(settings: Settings, merchant: Merchant) -> "TemplateFiles":
    """What may be published, by the settings."""
    shops = tuple(str(each.get("id")) for each in merchant.shops)
    stores = tuple(each.id for each in merchant.stores)
    return TemplateFiles(settings.templates_dir, Places(shops, stores))


@cache
def house_templates() -> tuple[Template, ...]:
    """What the house comes with, in the order of the ids.

    Raises:
        BadTemplates: never, in a house that was tested.
    """
    read = read_files(sorted(LIBRARY.glob("*.yml")), Places())
    if read.faults:
        raise BadTemplates(read.faults)
    return read.templates


def read_folder(folder: Path, places: Places) -> ReadFiles:
    """Read all files of a folder that end in .yml or .yaml.

    `places` are the merchant's, for the rules in templates.
    """
    if not folder.is_dir():
        why = "没有这个文件夹，请检查 TEMPLATES_DIR"
        return ReadFiles((), (Problem(str(folder), "", why),))
    return read_files(sorted(each for each in folder.iterdir() if each.suffix in _SUFFIXES), places)


def read_files(paths: Iterable[Path], places: Places) -> ReadFiles:
    """Read and check files."""
    found: dict[str, Template] = {}
    origin: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(path.name, "", "打不开，请检查权限，并存成 UTF-8"))
            continue
        template, wrong = read_template(path.name, text)
        problems += wrong
        if template is None:
            continue
        problems += check_template(path.name, template, places)
        if template.id in found:
            why = f"{template.id} 在 {origin[template.id]} 里已经有了，一个 id 只能写一个文件"
            problems.append(Problem(path.name, "id", why))
            continue
        found[template.id], origin[template.id] = template, path.name
    return ReadFiles(tuple(found[name] for name in sorted(found)), tuple(problems))


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """Implements `desk.templates.ports.Drafts`: `own` is the merchant's folder, None for none."""

    own: Path | None
    places: Places

    async def read(self) -> tuple[Draft, ...]:
        """All drafts, read from the files each time, in the order of the ids.

        Raises:
            BadTemplates: a file is wrong.
        """
        drafts = {each.id: Draft(each, is_own=False) for each in house_templates()}
        if self.own is not None:
            read = await asyncio.to_thread(read_folder, self.own, self.places)
            if read.faults:
                raise BadTemplates(read.faults)
            drafts |= {each.id: Draft(each, is_own=True) for each in read.templates}
        return tuple(drafts[name] for name in sorted(drafts))
