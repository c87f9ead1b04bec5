"""`python -m bot templates …`: check files, list, publish, compare, put back."""

import argparse
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.merchant import load_merchant
from bot.rules.actions import Places
from bot.settings import Settings
from bot.templates.files import LIBRARY, read_folder
from bot.templates.schema import schema_text
from desk.templates.commands import BEFORE

_MARKS = {True: "!", False: "✘"}

Parts = Any
"""What `ArgumentParser.add_subparsers` returns; argparse does not export its type."""
Run = Callable[[Settings, argparse.Namespace], Coroutine[None, None, int]]


def add_to(parts: Parts, in_house: Run) -> None:
    """Add the commands to the command line's; `in_house` runs those that need a database."""
    own = parts.add_parser("templates", help="工单模板：检查、发布、换回").add_subparsers(
        dest="what", required=True
    )
    check = own.add_parser("check", help="检查一个文件夹里的模板，不需要数据库")
    check.add_argument("dir", type=Path, nargs="?", help="默认是 TEMPLATES_DIR，没有就是自带的")
    check.set_defaults(run=_check)
    own.add_parser("schema", help="模板格式的 JSON Schema，给编辑器用").set_defaults(run=_schema)
    listed = own.add_parser("list", help="哪些在用，谁什么时候发布的")
    publish = own.add_parser("publish", help="发布有新版的模板")
    diff = own.add_parser("diff", help="两版之间改了什么，默认是新版和现在用的")
    log = own.add_parser("log", help="谁什么时候发布、换回过")
    back = own.add_parser("back", help="换回以前的一版")
    for each in (listed, publish, diff, log, back):
        each.set_defaults(run=in_house)
    _publishing(publish)
    log.add_argument("id")
    diff.add_argument("id")
    diff.add_argument("versions", type=int, nargs="*")
    back.add_argument("id")
    back.add_argument("version", type=int, nargs="?", default=BEFORE)
    back.add_argument("--store", nargs="+", default=[], metavar="门店")
    _signed(back)


def _publishing(publish: argparse.ArgumentParser) -> None:
    publish.add_argument("ids", nargs="*", metavar="id", help="默认是所有有新版的")
    where = publish.add_mutually_exclusive_group()
    where.add_argument("--store", nargs="+", default=[], metavar="门店")
    where.add_argument("--everywhere", action="store_true", help="所有门店（默认）")
    publish.add_argument("--replace", action="store_true", help="有自己版本的门店也一起换")
    _signed(publish)


def _signed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--note", default="", help="为什么改")
    parser.add_argument("--by", default="", help="谁改的，默认是系统用户")


async def _schema(_: Settings, __: argparse.Namespace) -> int:
    sys.stdout.write(schema_text())
    return 0


async def _check(settings: Settings, given: argparse.Namespace) -> int:
    merchant = load_merchant(settings.shops_file)
    shops = tuple(str(each.get("id")) for each in merchant.shops)
    places = Places(shops, tuple(each.id for each in merchant.stores))
    read = read_folder(given.dir or settings.templates_dir or LIBRARY, places)
    for each in (*read.faults, *read.warnings):
        sys.stdout.write(f"{_MARKS[each.is_warning]} {each}\n")
    if read.faults:
        sys.stdout.write(f"✘ 有 {len(read.faults)} 处要改，改好再检查一遍\n")
        return 1
    names = "、".join(f"{each.name}（{each.id}）" for each in read.templates)
    sys.stdout.write(f"✔ {len(read.templates)} 个模板可以发布：{names}\n")
    return 0
