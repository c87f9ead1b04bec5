"""`python -m tools.rules_page`: writes the tables of docs/rules.md out of the code."""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.phrases import load_phrases
from bot.rules.reading import house_rules
from desk.rules.actions import BLANKS
from desk.rules.happenings import On
from desk.rules.vocabulary import GROUPS, KEYS, TERMS

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def tables() -> dict[str, list[str]]:
    """Each table of the page by its name, line by line."""
    return {
        "happenings": happenings(),
        "names": names(),
        "blanks": [f"| `{{{name}}}` | {means} |" for name, means in BLANKS.items()],
        "house": house(),
    }


def happenings() -> list[str]:
    """Each happening with what it means, its keys and its groups of names."""
    phrases = load_phrases()
    return [
        f"| `{on}` | {phrases[f'rule.on.{on}']} | {code(tuple(KEYS[on]))} | "
        f"{code([f'{each}.*' for each in GROUPS[on]])} |"
        for on in On
    ]


def names() -> list[str]:
    """Each name with its type and where it is known."""
    return [f"| `{each.name}` | {each.kind} | {each.means} |" for each in TERMS]


def house() -> list[str]:
    """The house's own rules."""
    return [f"| `{each.id}` | {each.name} | {code(each.on)} |" for each in house_rules()]


def code(each: Sequence[str]) -> str:
    """Names in the type of code."""
    return " ".join(f"`{name}`" for name in each)


def page(text: str) -> str:
    """The page with its tables as they are now."""
    for name, lines in tables().items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        table, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"{PAGE.name} has no table {name}")
        head = table.splitlines()[:2]
        text = before + begin + "\n".join((*head, *lines)) + "\n" + end + after
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
