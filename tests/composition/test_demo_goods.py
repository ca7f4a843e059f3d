"""The demo store's shelves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pos_member.composition.demo_goods import GoodsFileError, load_goods
from pos_member.domain.product import Category, Product

_HEADER = "sku,name,specification,maker,category,price_fen,unit,barcodes,ingredients,flags"
_IBUPROFEN = "A1,布洛芬缓释胶囊,0.3g×20粒,溪山制药,otc_a,1860,盒,2020000000013,布洛芬,insurable;trace_code"
_DRUGS = {Category.RX, Category.OTC_A, Category.OTC_B}


def test_three_hundred_products_stand_in_all_seven_categories(goods: tuple[Product, ...]) -> None:
    assert len(goods) == 300
    assert Counter(product.category for product in goods) == {
        Category.RX: 70,
        Category.OTC_A: 50,
        Category.OTC_B: 50,
        Category.TCM: 40,
        Category.SUPPLEMENT: 35,
        Category.DEVICE: 30,
        Category.SUNDRY: 25,
    }


def test_every_barcode_is_an_in_store_ean_of_one_product(goods: tuple[Product, ...]) -> None:
    barcodes = [barcode for product in goods for barcode in product.barcodes]
    assert len(set(barcodes)) == len(barcodes) > len(goods)
    for barcode in barcodes:
        assert len(barcode) == 13
        assert 20 <= int(barcode[:2]) <= 29
        odd, even = barcode[::2], barcode[1::2]
        assert (sum(map(int, odd)) + 3 * sum(map(int, even))) % 10 == 0


def test_no_product_is_listed_twice(goods: tuple[Product, ...]) -> None:
    assert len({product.sku for product in goods}) == 300
    assert len({(product.name, product.specification) for product in goods}) == 300


def test_drugs_name_what_is_in_them_and_carry_a_trace_code(goods: tuple[Product, ...]) -> None:
    for product in goods:
        assert product.trace_code is (product.category in _DRUGS), product.name
        if product.category in _DRUGS | {Category.TCM}:
            assert product.ingredients, product.name


def test_ephedrine_is_marked_wherever_it_is_in(goods: tuple[Product, ...]) -> None:
    marked = {product.sku for product in goods if product.ephedrine}
    holding = {product.sku for product in goods if any(name.endswith("麻黄碱") for name in product.ingredients)}
    assert marked == holding
    assert {product.category for product in goods if product.ephedrine} == {Category.RX, Category.OTC_A}


def test_herbs_are_weighed_and_priced_by_ten_grams(goods: tuple[Product, ...]) -> None:
    for product in goods:
        assert product.by_weight is (product.category is Category.TCM)
        assert (product.unit == "10g") is product.by_weight


def test_insulin_is_kept_cold(goods: tuple[Product, ...]) -> None:
    insulins = [product for product in goods if "胰岛素" in product.name and product.category is Category.RX]
    assert len(insulins) >= 3
    assert all(product.cold_chain for product in insulins)


def test_some_names_are_long_and_some_need_rare_characters(goods: tuple[Product, ...]) -> None:
    assert sum(len(product.name) >= 15 for product in goods) >= 6
    text = "".join(product.name for product in goods)
    assert all(sign in text for sign in "䗪䓖菥蓂豨藁薤")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (_IBUPROFEN.replace("2020000000013", "2020000000014"), "条码 2020000000014 的校验位应为 3"),
        (_IBUPROFEN.replace("2020000000013", "202000000001"), "条码应为 13 位数字：“202000000001”"),
        (_IBUPROFEN.replace("otc_a", "otc"), "没有类别“otc”"),
        (_IBUPROFEN.replace("1860", "18.60"), "价格应为大于 0 的整数分：“18.60”"),
        (_IBUPROFEN.replace("1860", "0"), "价格应为大于 0 的整数分：“0”"),
        (_IBUPROFEN.replace("insurable", "insured"), "没有名为 insured 的标志"),
        (_IBUPROFEN.replace("盒", ""), "unit 不能为空"),
        (_IBUPROFEN.replace("A1,", "A0,"), "条码 2020000000013 与第 2 行重复"),
        (_IBUPROFEN.replace("2020000000013", "2020000000020"), "货号 A1 与第 2 行重复"),
        (_IBUPROFEN.replace(",布洛芬,", ","), "应有 10 列，实有 9 列"),
        (_IBUPROFEN.replace("布洛芬缓释胶囊", '"布洛芬"缓释'), "不是合法的 CSV"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line_and_the_reason(tmp_path: Path, row: str, why: str) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("\n".join([_HEADER, _IBUPROFEN, row]), encoding="utf-8")
    with pytest.raises(GoodsFileError) as refused:
        load_goods(file)
    assert refused.value.line == 3
    assert refused.value.why.startswith(why)
    assert str(refused.value).startswith("goods.csv 第 3 行：")


def test_a_file_with_other_columns_is_refused_at_its_header(tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text("sku,name\nA1,布洛芬\n", encoding="utf-8")
    with pytest.raises(GoodsFileError) as refused:
        load_goods(file)
    assert refused.value.line == 1
