"""The seeded merchant is whole: people, shops, orders and the bot's files fit together."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from sandbox.merchant.buyers import load_buyers
from sandbox.merchant.catalog import Product, load_catalog
from sandbox.merchant.orders import load_orders
from sandbox.merchant.reading import HERE, read
from sandbox.merchant.vouchers import load_vouchers
from sandbox.shops.credentials import Credentials
from tests.sandbox.shops_world import at, rows

PRODUCTS = {product.key: product for product in load_catalog()}


def loaded(name: str) -> object:
    raw: object = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return raw


def test_forty_products_most_in_youzan_and_twenty_five_in_tmall() -> None:
    assert len(PRODUCTS) == 40
    assert sum(product.youzan is not None for product in PRODUCTS.values()) == 39
    assert sum(product.tmall is not None for product in PRODUCTS.values()) == 25


def test_no_id_is_used_twice() -> None:
    places = [
        place for product in PRODUCTS.values() for place in (product.youzan, product.tmall) if place
    ]
    assert len({place.item_id for place in places}) == len(places)
    skus = [
        place.first_sku + step * 7
        for product in PRODUCTS.values()
        for place in (product.youzan, product.tmall)
        if place and place.first_sku
        for step in range(len(product.variants()))
    ]
    assert len(set(skus)) == len(skus)


def test_every_order_is_of_a_known_buyer_and_a_listed_variant() -> None:
    orders, buyers = load_orders(), load_buyers()
    youzan = {buyer.key for buyer in buyers.youzan}
    tmall = {buyer.key for buyer in buyers.tmall}
    assert {order.buyer for order in orders.youzan} <= youzan
    assert {order.buyer for order in orders.tmall} <= tmall
    for order in orders.youzan + orders.tmall:
        for line in order.lines:
            labels = [
                "/".join(value for _, value in variant)
                for variant in PRODUCTS[line.item].variants()
            ]
            assert line.sku in labels, (order.number, line)


def test_everyone_the_bridge_knows_is_a_wecom_customer() -> None:
    people = {person["external_userid"] for person in rows(loaded("people.yml"), "customers")}
    bridged = {buyer.external_userid for buyer in load_buyers().youzan if buyer.external_userid}
    assert bridged < people
    assert {len(str(person)) for person in people} == {32}


def test_the_pages_that_customers_came_from_exist() -> None:
    listed = {
        ("youzan-main", product.youzan.item_id) for product in PRODUCTS.values() if product.youzan
    } | {
        ("tmall-flagship", product.tmall.item_id) for product in PRODUCTS.values() if product.tmall
    }
    entries = [
        str(entry["scene_param"])
        for person in rows(loaded("people.yml"), "customers")
        for entry in rows(person, "past_entries")
    ]
    seen = {tuple(entry.split(":")[1:]) for entry in entries if entry.startswith("item:")}
    assert len(seen) >= 3
    assert seen <= listed


def test_the_stories_tell_order_number_and_phone_tail_truly() -> None:
    tails = {buyer.key: buyer.mobile[-4:] for buyer in load_buyers().tmall}
    stories = [str(person["story"]) for person in rows(loaded("people.yml"), "customers")]
    told = [
        order
        for order in load_orders().tmall
        if any(order.number in story and tails[order.buyer] in story for story in stories)
    ]
    assert {order.buyer for order in told} == {"zhoumin", "wangxiaowen", "wutong"}


def test_the_bots_shops_use_credentials_that_the_fakes_accept() -> None:
    shops = {str(shop["id"]): shop for shop in rows(loaded("shops.yml"), "shops")}
    known = dict(
        line.split("=", 1)
        for line in (HERE / "sandbox.env").read_text().splitlines()
        if "=" in line
    )
    keys = Credentials()
    assert at(shops["youzan-main"], "credentials", "client_id") == keys.client_id
    assert at(shops["youzan-main"], "credentials", "kdt_id") == str(keys.kdt_id)
    assert at(shops["tmall-flagship"], "credentials", "app_key") == keys.app_key
    assert known["YOUZAN_SECRET"] == keys.client_secret
    assert known["TAOBAO_APP_SECRET"] == keys.app_secret
    assert known["TAOBAO_SESSION"] == keys.session


def test_the_coupon_policy_repeats_the_platforms_terms() -> None:
    vouchers = load_vouchers()
    terms = {
        "youzan-main": {seed.id: (seed.threshold, seed.value) for seed in vouchers.youzan},
        "tmall-flagship": {seed.id: (seed.threshold, seed.value) for seed in vouchers.tmall},
    }
    for coupon in rows(loaded("shops.yml"), "coupons"):
        real = terms[str(coupon["shop"])][str(coupon["platform_coupon_id"])]
        assert real == (coupon["threshold"], coupon["value"])


def test_the_staff_files_name_the_same_people() -> None:
    fields = ("userid", "name", "role")
    people = [[row[name] for name in fields] for row in rows(loaded("people.yml"), "staff")]
    staff = [[row[name] for name in fields] for row in rows(loaded("staff.yml"), "staff")]
    assert people == staff
    assert sorted(str(role) for _, _, role in staff) == [
        "admin",
        "agent",
        "agent",
        "agent",
        "manager",
        "supervisor",
    ]


def test_a_wrong_field_in_a_seed_names_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("- {key: a, title: b, nicks: [], category: c, prise: 1}")
    with pytest.raises(ValidationError, match=r"0\.prise"):
        read("bad.yml", list[Product], tmp_path)
