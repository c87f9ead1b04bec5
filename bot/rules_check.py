"""`python -m bot rules check`: all that is wrong with the merchant's rules, with the way out."""

import sys
from pathlib import Path

import yaml

from bot.merchant import BadShopsFile, places_of
from bot.rules.reading import faults, house_book, read_rules, source_of


def check_rules(path: Path | None) -> int:
    """Print a line per fault; 0 when there is none, 1 otherwise.

    Raises:
        BadShopsFile: the merchant's file cannot be read at all.
    """
    if path is None:
        count = len(house_book().rules)
        sys.stdout.write(f"✔ 没有设置 SHOPS_FILE，用自带的 {count} 条规则  [rules.ok]\n")
        return 0
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise BadShopsFile(path.name, f"打不开，或不是有效的 YAML：{error}") from error
    if not isinstance(data, dict):
        raise BadShopsFile(path.name, "最外层应是 名称: 内容")
    source, places = source_of(data.get("rules"), path.parent, BadShopsFile), places_of(data)
    found = faults(source, places)
    for where, why in found:
        sys.stdout.write(f"✘ {where}：{why}  [rules.bad]\n")
    if not found:
        book = read_rules(source, places, BadShopsFile)
        told = f"{len(book.rules)} 条规则可以使用，其中 {len(source.entries)} 条是自己写的"
        sys.stdout.write(f"✔ {told}  [rules.ok]\n")
    return int(bool(found))
