"""Where templates stand as files: what the house comes with, and the merchant's own over it."""

from collections.abc import Iterable
from pathlib import Path

from bot.templates.problems import BadTemplates, Problem
from bot.templates.reading import read_template
from desk.templates.model import Template

LIBRARY = Path(__file__).parent / "library"
"""What the house comes with."""


def house_templates() -> tuple[Template, ...]:
    """What the house comes with, in the order of the ids.

    Raises:
        BadTemplates: never, in a house that was tested.
    """
    templates, problems = read_files(sorted(LIBRARY.glob("*.yml")))
    faults = [each for each in problems if not each.is_warning]
    if faults:
        raise BadTemplates(faults)
    return templates


def read_files(paths: Iterable[Path]) -> tuple[tuple[Template, ...], tuple[Problem, ...]]:
    """Read files; the templates that could be read, and all that is wrong."""
    found: dict[str, Template] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(path.name, "", "打不开，请检查权限，并存成 UTF-8"))
            continue
        template, wrong = read_template(path.name, text)
        problems += wrong
        if template is not None:
            found[template.id] = template
    return tuple(found[name] for name in sorted(found)), tuple(problems)
