"""The shops' file is read with errors that name the place and the way out."""

from pathlib import Path

import pytest

from bot.merchant import BadShopsFile, Merchant, load_merchant
from desk.kernel.money import Fen

GOOD = """
shops:
  - {id: a, platform: youzan, name: 甲, credentials: {client_secret: "${SECRET}"}}
carriers:
  - {id: kd, platform: kuaidi100, credentials: {customer: C1, key: "${SECRET}"}}
stores:
  - {id: s1, name: 徐家汇店, city: 上海, address: 路1号, latitude: 31.19, longitude: 121.43}
coupons:
  - {id: c1, shop: a, platform_coupon_id: 9001, title: 满200减20, threshold: 20000, value: 2000,
     occasions: [stock_answer]}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "shops.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_a_merchant_without_shops() -> None:
    assert load_merchant(None) == Merchant()


def test_a_good_file_gives_shops_stores_and_coupons_with_secrets_filled_in(
    tmp_path: Path,
) -> None:
    merchant = load_merchant(written(tmp_path, GOOD), {"SECRET": "s3"})
    assert merchant.shops[0]["credentials"]["client_secret"] == "s3"
    assert merchant.carriers[0]["credentials"] == {"customer": "C1", "key": "s3"}
    assert merchant.stores[0].name == "徐家汇店"
    assert merchant.policies[0].threshold == Fen(20000)
    assert merchant.policies[0].platform_coupon_id == "9001"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("${SECRET}", "${OTHER}", "OTHER"),
        ("latitude: 31.19", "latitude: 121.43", "stores[0].latitude"),
        ("value: 2000", "value: 20.00", "coupons[0].value"),
        ("threshold: 20000", "threshold: -1", "coupons[0].threshold"),
        ("[stock_answer]", "stock_answer", "coupons[0].occasions"),
        ("name: 徐家汇店, ", "", "stores[0].name"),
        ("stores:", "stores: 3\nother:", "stores"),
        ("carriers:", "carriers: kuaidi100\nother:", "carriers"),
        ("shops:", "shops: [", "YAML"),
    ],
)
def test_a_bad_file_names_the_place(tmp_path: Path, old: str, new: str, where: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(BadShopsFile, match="SHOPS_FILE") as caught:
        load_merchant(path, {"SECRET": "s3"})
    assert where in caught.value.say
    assert "s3" not in caught.value.say


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BadShopsFile, match=r"gone\.yml"):
        load_merchant(tmp_path / "gone.yml")
