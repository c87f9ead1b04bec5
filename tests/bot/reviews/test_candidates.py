"""What people corrected becomes training candidates: masked, by intent, each once."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.reviews.candidates import Candidate, as_yaml
from bot.reviews.export import export_corrections
from bot.reviews.masking import masked
from desk.conversations.incoming import ChannelName, Text
from desk.kernel.ids import ReviewId, uuid7
from desk.reviews.model import Review, ReviewKind, ReviewState
from desk.store.database import Database
from tests.clocks import NOON, FrozenClock
from tests.store.making import message, worked


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("电话13812345678", r"电话1[3-9]\d{9}"),
        ("138 1234 5678 打给我", r"1[3-9]\d \d{4} \d{4} 打给我"),
        ("+8613812345678", r"\+861[3-9]\d{9}"),
        ("订单E20261118102030000100001到哪了", r"订单E\d{23}到哪了"),
        ("2618830174529916203 发货没", r"\d{19} 发货没"),
        ("SF1234567890123不动了", r"SF\d{13}不动了"),
        ("T-20261121-0042 怎么样了", r"T-\d{8}-\d{4} 怎么样了"),
        ("座机021-50550101", r"座机0?\d{3}-\d{8}"),
        ("卡号6222 0212 3456 7890 128", r"卡号\d{4} \d{4} \d{4} \d{4} \d{3}"),
        ("尾号是3921", r"尾号是\d{4}"),
        ("手机后四位 7706", r"手机后四位 \d{4}"),
        ("4418", r"\d{4}"),
    ],
)
def test_numbers_become_others_of_the_same_shape(text: str, shape: str) -> None:
    for seed in "abcdefgh":
        other = masked(text, seed)
        assert other != text
        assert re.fullmatch(shape, other), other


@pytest.mark.parametrize("text", ["22码还有吗", "买3罐5折吗", "2026", "11月11日", "1200元的推车"])
def test_other_figures_stay(text: str) -> None:
    assert masked(text, "seed") == text


def test_the_same_text_is_masked_the_same_way_each_time() -> None:
    assert masked("电话13812345678", "a") == masked("电话13812345678", "a")
    assert masked("电话13812345678", "a") != masked("电话13812345678", "b")


def test_they_are_written_by_intent_as_rasa_reads_them() -> None:
    written = as_yaml(
        [
            Candidate("买错码了能弄吗", "exchange_request", "1"),
            Candidate("那个 [咋] 还没动\n呢", "logistics_delay", "2"),
            Candidate("买错码了能弄吗", "exchange_request", "3"),
            Candidate("给我换成23的", "exchange_request", "4"),
        ]
    )
    data = yaml.safe_load(written)
    assert data["version"] == "3.1"
    assert {each["intent"]: each["examples"].splitlines() for each in data["nlu"]} == {
        "logistics_delay": ["- 那个 ［咋］ 还没动 呢"],
        "exchange_request": ["- 买错码了能弄吗", "- 给我换成23的"],
    }


def test_what_may_name_somebody_stands_apart_and_is_marked() -> None:
    written = as_yaml(
        [
            Candidate("收件人改成王小明", "delivery_change", "1"),
            Candidate("寄到虹桥路777号2楼", "delivery_change", "2"),
            Candidate("想换个地方收", "delivery_change", "3"),
            Candidate("加我微信xiaoming_88说", "human_handoff", "4"),
        ]
    )
    before, after, contact = written.split("# CHECK")
    assert "想换个地方收" in before
    assert "王小明" not in before
    assert "王小明" in after
    assert "加我微信" in contact
    assert len(yaml.safe_load(written)["nlu"]) == 3


async def corrected(library: Database, clock: FrozenClock, name: str, text: str) -> Review:
    """A message whose reading somebody corrected."""
    lease = await worked(library, clock, message(name, Text(text), person=f"wm-{name}"))
    assert lease.conversation.customer is not None
    review = Review(
        id=ReviewId(uuid7()),
        number=0,
        kind=ReviewKind.UNSURE,
        conversation=lease.conversation.id,
        customer=lease.conversation.customer,
        said=(lease.rows[0].id,),
        intent="",
        confidence=0.3,
        alternatives=(),
        kept_at=NOON,
    )
    async with library.open() as books:
        await books.reviews.keep(review)
        await books.reviews.settle(review, ReviewState.CORRECTED, "exchange_request", "amei", NOON)
    return replace(review, corrected="exchange_request")


async def test_each_correction_is_exported_once(
    library: Database, clock: FrozenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await corrected(library, clock, "a", "这个能弄成大一号不，13812345678")
    out = tmp_path / "new" / "candidates.yml"
    assert await export_corrections(library, clock, out) == 0
    assert "导出 1 条" in capsys.readouterr().out
    text = out.read_text(encoding="utf-8")
    assert "这个能弄成大一号不" in text
    assert "13812345678" not in text
    again = tmp_path / "again.yml"
    assert await export_corrections(library, clock, again) == 0
    assert "没有新的改正" in capsys.readouterr().out
    assert not again.exists()


async def test_a_file_that_is_there_is_left_alone_and_nothing_is_marked(
    library: Database, clock: FrozenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await corrected(library, clock, "a", "这个能弄成大一号不")
    out = tmp_path / "candidates.yml"
    out.write_text("mine", encoding="utf-8")
    assert await export_corrections(library, clock, out) == 1
    assert "已经存在" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert len(await library.reviews.corrections(10)) == 1


async def test_what_was_recalled_is_not_exported(
    library: Database, clock: FrozenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await corrected(library, clock, "a", "这个能弄成大一号不")
    async with library.open() as books:
        await books.inbox.erase(ChannelName.KF, "a")
    out = tmp_path / "candidates.yml"
    assert await export_corrections(library, clock, out) == 0
    assert "顾客已撤回" in capsys.readouterr().out
    assert not out.exists()
