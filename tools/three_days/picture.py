"""Draws the three days: `python -m tools.three_days.picture FIGURES.json PICTURE.png`.

Runs where matplotlib is (the NLU's environment) and needs nothing else of the house.
"""

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")
from matplotlib import font_manager, pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

Figures = dict[str, Any]

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
)
INK, FAINT, LINE = "#1f2933", "#7b8794", "#d9dee4"
RED, AMBER, BLUE, GREY, GREEN = "#c8553d", "#e0a64b", "#3e6c96", "#c3cbd4", "#6d9c7f"
DAYS = ("周四", "周五", "周六")
PRIORITIES = {"urgent": ("紧急", 15), "high": ("较急", 60), "normal": ("普通", 240)}
WHICH = {"first": "首次响应", "next": "再次答复", "solution": "解决"}
LADDERS = {
    "first_warning": "快到响应时间",
    "first_breach": "响应超时",
    "next_warning": "顾客在等答复",
    "next_breach": "答复超时",
    "solution_warning": "快到处理时限",
    "solution_breach": "处理超时",
    "untouched": "没有进展",
    "customer_silent": "客户没回复",
    "repair": "维修未结",
}
MOVED = {
    "timed_out": "接单超时",
    "returned": "退回",
    "busy": "转忙碌",
    "went": "下班",
    "left": "离职",
    "given": "转派",
}


def draw(figures: Figures, target: Path) -> None:
    """Write the picture."""
    _font()
    figure = pyplot.figure(figsize=(15, 13.2), facecolor="white")
    grid = figure.add_gridspec(
        5, 24, height_ratios=(0.5, 2.5, 0.95, 1.55, 2.0), hspace=0.6, wspace=1.6,
        left=0.055, right=0.975, top=0.915, bottom=0.05,
    )  # fmt: skip
    _title(figure, figures)
    _tiles(figure.add_subplot(grid[0, :]), figures)
    _queue(figure.add_subplot(grid[1, :]), figures)
    _flow(figure.add_subplot(grid[2, :]), figures)
    for place, (userid, who) in enumerate(figures["people"].items()):
        axes = figure.add_subplot(grid[3, 6 * place : 6 * place + 6])
        _load(axes, figures, userid, who, first=place == 0)
    _deadlines(figure.add_subplot(grid[4, 1:6]), figures)
    _response(figure.add_subplot(grid[4, 7:12]), figures)
    _escalations(figure.add_subplot(grid[4, 14:19]), figures)
    _moved(figure.add_subplot(grid[4, 21:24]), figures)
    figure.savefig(target, dpi=110)
    pyplot.close(figure)


def _font() -> None:
    """Take a font that has Chinese letters; without one boxes would stand for them."""
    there = {each.name for each in font_manager.fontManager.ttflist}
    chosen = next((each for each in FONTS if each in there), None)
    if chosen is None:
        sys.exit(f"picture: no Chinese font; install one of {', '.join(FONTS)} (fonts-noto-cjk)")
    pyplot.rcParams.update(
        {
            "font.family": [chosen],
            "font.size": 10.5,
            "axes.edgecolor": LINE,
            "axes.labelcolor": FAINT,
            "axes.titlecolor": INK,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.titlepad": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": FAINT,
            "ytick.color": FAINT,
            "text.color": INK,
            "axes.unicode_minus": False,
        }
    )


def _title(figure: Figure, figures: Figures) -> None:
    figure.text(0.055, 0.962, "工单台的 72 小时", fontsize=23, weight="bold")
    told = (
        f"{figures['tickets']} 张工单，3 位客服和 1 位主管；"
        "周五下午大志说忙碌、巡检停了 40 分钟，晚上直播后爆单；周六下午小鹿离职。"
        "真实的派单与时限程序跑在真实数据库上，只有时钟是拨的。"
    )
    figure.text(0.055, 0.938, told, fontsize=11, color=FAINT)


def _tiles(axes: Axes, figures: Figures) -> None:
    axes.axis("off")
    deadlines = figures["deadlines"]
    tiles = [(f"{name}按时", _share(deadlines[which])) for which, name in WHICH.items()]
    tiles += [
        ("已解决", f"{figures['solved']} / {figures['tickets']}"),
        ("逐级提醒，每级一次", str(sum(figures["escalations"].values()))),
        ("换人接手", str(sum(figures["moved"].values()))),
        ("连续三次未接被置忙", str(len(figures["struck"]))),
    ]
    for place, (name, value) in enumerate(tiles):
        left = place / len(tiles)
        axes.text(left, 0.45, value, fontsize=21, weight="bold", va="center")
        axes.text(left, -0.12, name, fontsize=10.5, color=FAINT, va="center")


def _share(deadlines: dict[str, int]) -> str:
    done = deadlines["kept"] + deadlines["broken"]
    return f"{100 * deadlines['kept'] / done:.0f}%" if done else "—"


def _days(axes: Axes, figures: Figures, *, names: bool) -> None:
    """Nights in grey, a name for each day, an hour where it helps."""
    hours = figures["hours"]
    for day in range(hours // 24 + 1):
        for since, until in ((0, 9), (22, 24)):
            axes.axvspan(24 * day + since, 24 * day + until, color="#f4f6f8", lw=0, zorder=0)
    axes.set_xlim(0, hours)
    ticks = [24 * day + hour for day in range(hours // 24) for hour in (9, 15, 22)]
    axes.set_xticks(ticks, [f"{tick % 24}时" for tick in ticks] if names else [])
    for day in range(hours // 24 if names else 0):
        axes.annotate(
            DAYS[day], (24 * day + 12, 0), (0, -24), textcoords="offset points", ha="center",
            fontsize=11, weight="bold", annotation_clip=False,
        )  # fmt: skip
        axes.axvline(24 * day, color=LINE, lw=0.8)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=LINE, lw=0.6)
    axes.set_axisbelow(True)


def _queue(axes: Axes, figures: Figures) -> None:
    queue, every = figures["queue"], figures["every_hours"]
    order = (
        ("nobody", "没人能接，已告知主管", RED),
        ("asked", "已派出，等接单", AMBER),
        ("at_work", "处理中", BLUE),
        ("waits", "等客户或内部", GREY),
    )
    hours = [every * place for place in range(len(queue["nobody"]))]
    axes.stackplot(
        hours,
        *(queue[name] for name, _, _ in order),
        colors=[colour for _, _, colour in order],
        step="post",
        lw=0,
    )
    _days(axes, figures, names=True)
    axes.set_title("没办完的工单：在谁手里")
    top = max(map(sum, zip(*queue.values(), strict=True))) * 1.5
    axes.set_ylim(0, top)
    patches = [Patch(color=colour, label=name) for _, name, colour in order]
    axes.legend(handles=patches, loc="upper left", ncols=1, frameon=False, fontsize=10)
    _marks(axes, figures, top)


def _marks(axes: Axes, figures: Figures, top: float) -> None:
    names = {userid: each["name"] for userid, each in figures["people"].items()}
    marks = [(44.0, "直播后爆单")]
    marks += [(since, "自动进入大促") for since, _ in figures["surges"]]
    marks += [(at, f"{names[userid]}离职") for userid, at in figures["left"]]
    marks += [(at, f"{names[userid]}被置忙") for userid, at in figures["struck"]]
    marks += [(at, f"{names[userid]}说忙碌") for userid, at in figures["busy"]]
    since, until = figures["pause"]
    axes.axvspan(since, until, color=INK, alpha=0.09, lw=0)
    marks.append(((since + until) / 2, "巡检停 40 分钟"))
    level, before = 0, -99.0
    for at, said in sorted(marks):
        level = level + 1 if at - before < 5 else 0
        before = at
        height = top * (0.985 - 0.075 * level)
        axes.plot([at, at], [0, height], color=INK, lw=0.8, ls=(0, (2, 2)))
        axes.text(at + 0.25, height, said, fontsize=9.5, va="top")


def _flow(axes: Axes, figures: Figures) -> None:
    hourly = figures["hourly"]
    hours = [hour + 0.5 for hour in range(figures["hours"])]
    axes.bar(hours, hourly["opened"], width=0.82, color=AMBER, label="新工单")
    axes.bar(hours, [-each for each in hourly["solved"]], width=0.82, color=GREEN, label="办结")
    axes.axhline(0, color=LINE, lw=0.8)
    _days(axes, figures, names=False)
    axes.grid(visible=False)
    most = max((*hourly["opened"], *hourly["solved"]))
    axes.set_ylim(-most * 0.8, most * 1.1)
    axes.set_yticks([-20, 0, 20, 40], ["20", "0", "20", "40"])
    axes.set_title("每小时：新工单（上）与办结（下）")
    axes.legend(loc="upper left", ncols=2, frameon=False, fontsize=10)


def _load(axes: Axes, figures: Figures, userid: str, who: dict[str, Any], *, first: bool) -> None:
    load, every = figures["load"][userid], figures["every_hours"]
    hours = [every * place for place in range(len(load))]
    for day in range(figures["hours"] // 24):
        for since, until in who["shifts"]:
            axes.axvspan(24 * day + since, 24 * day + until, color="#eef3f8", lw=0, zorder=0)
    axes.fill_between(hours, load, step="post", color=BLUE, alpha=0.85, lw=0)
    axes.axhline(who["capacity"], color=RED, lw=1, ls=(0, (4, 3)))
    left = next((at for userid_, at in figures["left"] if userid_ == userid), None)
    if left is not None:
        axes.axvline(left, color=INK, lw=0.8, ls=(0, (2, 2)))
        axes.text(left + 0.6, who["capacity"] * 0.72, "离职", fontsize=9.5)
    axes.set_xlim(0, figures["hours"])
    axes.set_ylim(0, 17)
    axes.set_xticks([12 + 24 * day for day in range(3)], DAYS)
    axes.set_yticks([0, 5, 10, 15])
    axes.tick_params(length=0)
    axes.grid(axis="y", color=LINE, lw=0.6)
    axes.set_axisbelow(True)
    axes.set_title(f"{who['name']}手上的工单" + ("（虚线：上限，浅色：当班）" if first else ""))


def _deadlines(axes: Axes, figures: Figures) -> None:
    names = list(WHICH)[::-1]
    left = [0] * len(names)
    for how, said, colour in (
        ("kept", "按时", GREEN), ("broken", "超时", RED), ("running", "未到期", GREY),
    ):  # fmt: skip
        counts = [figures["deadlines"][name][how] for name in names]
        axes.barh(range(3), counts, left=left, color=colour, height=0.56, label=said)
        for place, count in enumerate(counts):
            if count >= 8:
                at = left[place] + count / 2
                axes.text(at, place, str(count), ha="center", va="center", color="white")
        left = [one + other for one, other in zip(left, counts, strict=True)]
    axes.set_yticks(range(3), [WHICH[name] for name in names])
    _bare(axes)
    axes.set_title("承诺的时限：守住了多少")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=3, frameon=False)


def _response(axes: Axes, figures: Figures) -> None:
    names = [each for each in PRIORITIES if each in figures["response"]][::-1]
    for place, name in enumerate(names):
        found, (_, promised) = figures["response"][name], PRIORITIES[name]
        axes.plot([found["p50"], found["p95"]], [place, place], color=BLUE, lw=2.2, alpha=0.45)
        axes.plot(found["p50"], place, "o", color=BLUE, ms=8)
        axes.plot(found["p90"], place, "o", color=BLUE, ms=6, mfc="white", mew=1.6)
        axes.plot(found["p95"], place, "|", color=BLUE, ms=13, mew=2)
        axes.plot([promised] * 2, [place - 0.3, place + 0.3], color=RED, lw=1.6)
        said = f"{found['p50']:.0f} / {found['p90']:.0f} / {found['p95']:.0f} 分"
        axes.text(0.9, place + 0.2, said, fontsize=9.5, color=FAINT)
    axes.set_xscale("log")
    axes.set_xlim(0.8, 600)
    axes.set_xticks([1, 5, 15, 60, 240], ["1", "5", "15", "60", "240 分"])
    axes.minorticks_off()
    axes.set_ylim(-0.5, len(names) - 0.35)
    axes.set_yticks(range(len(names)), [PRIORITIES[name][0] for name in names])
    axes.tick_params(length=0)
    axes.grid(axis="x", color=LINE, lw=0.6)
    axes.set_title("首次响应：中位 ●  九成 ○  九五 |")
    axes.set_xlabel("营业时间内的分钟；红线：承诺")


def _escalations(axes: Axes, figures: Figures) -> None:
    rows = [
        (f"{LADDERS.get(name.split('#')[0], name)} {'①②③④'[int(name.split('#')[1]) - 1]}", count)
        for name, count in figures["escalations"].items()
    ]
    _bars(axes, sorted(rows, key=lambda row: row[1]), AMBER)
    axes.set_title("逐级提醒：第几级、几次")


def _moved(axes: Axes, figures: Figures) -> None:
    rows = [(MOVED[name], count) for name, count in figures["moved"].items()]
    _bars(axes, sorted(rows, key=lambda row: row[1]), BLUE)
    axes.set_title("换人接手：为什么")


def _bars(axes: Axes, rows: list[tuple[str, int]], colour: str) -> None:
    places = range(len(rows))
    axes.barh(places, [count for _, count in rows], color=colour, height=0.62)
    for place, (_, count) in zip(places, rows, strict=True):
        axes.text(count, place, f" {count}", va="center", fontsize=10)
    axes.set_yticks(places, [name for name, _ in rows])
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0, axis="y", labelcolor=INK)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
