"""The demo store's goods: a CSV file a person can read and mend, checked row by row as it is loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from pos_member.domain.product import Category, Product

_COLUMNS = (
    "sku",
    "name",
    "specification",
    "maker",
    "category",
    "price_fen",
    "unit",
    "barcodes",
    "ingredients",
    "flags",
)
_REQUIRED = ("sku", "name", "specification", "maker", "unit", "barcodes")
_FLAGS = frozenset({"no_discount", "no_points", "by_weight", "insurable", "trace_code", "ephedrine", "cold_chain"})


class GoodsFileError(ValueError):
    """A goods file that cannot be used: which file, which line (1 is the header), and why."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path.name} 第 {line} 行：{why}")
        self.line = line
        self.why = why


def load_goods(path: Path) -> tuple[Product, ...]:
    """The products of a CSV file in UTF-8, in its order. :class:`GoodsFileError` for the first row that is wrong.

    The header names these columns in this order:

    * ``sku``: the number of the article, unique;
    * ``name``, ``specification`` (规格), ``maker``: as printed on the pack;
    * ``category``: one of the programme's seven codes (docs/programme §1);
    * ``price_fen``: the list price of one ``unit`` in whole fen, above 0;
    * ``barcodes``: one or more EAN-13 with right check digits, ``;`` between them, each on one product only;
    * ``ingredients``: generic names of the active ingredients, ``;`` between them, or empty;
    * ``flags``: the product's yes-or-no properties that are yes, ``;`` between them, or empty.
    """
    products: list[Product] = []
    skus: dict[str, int] = {}
    barcodes: dict[str, int] = {}
    for line, row in _rows(path):
        try:
            product = _product(row)
            _claim(skus, "货号", product.sku, line)
            for barcode in product.barcodes:
                _claim(barcodes, "条码", barcode, line)
        except ValueError as error:
            raise GoodsFileError(path, line, str(error)) from error
        products.append(product)
    return tuple(products)


def ean13_check_digit(digits: str) -> str:
    """The last digit of an EAN-13 that begins with these twelve."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if tuple(header) != _COLUMNS:
            raise GoodsFileError(path, 1, f"表头应为 {','.join(_COLUMNS)}")
        try:
            for cells in reader:
                if len(cells) != len(_COLUMNS):
                    raise GoodsFileError(path, reader.line_num, f"应有 {len(_COLUMNS)} 列，实有 {len(cells)} 列")
                yield reader.line_num, dict(zip(_COLUMNS, cells, strict=True))
        except csv.Error as error:
            raise GoodsFileError(path, reader.line_num, f"不是合法的 CSV（{error}）") from error


def _product(row: Mapping[str, str]) -> Product:
    for column in _REQUIRED:
        if not row[column] or row[column] != row[column].strip():
            raise ValueError(f"{column} 不能为空，首尾不能有空格：“{row[column]}”")
    flags = frozenset(_listed(row["flags"]))
    if unknown := sorted(flags - _FLAGS):
        raise ValueError(f"没有名为 {'、'.join(unknown)} 的标志")
    return Product(
        sku=row["sku"],
        name=row["name"],
        specification=row["specification"],
        maker=row["maker"],
        category=_category(row["category"]),
        price_fen=_price(row["price_fen"]),
        unit=row["unit"],
        barcodes=tuple(_ean13(code) for code in _listed(row["barcodes"])),
        ingredients=_listed(row["ingredients"]),
        no_discount="no_discount" in flags,
        no_points="no_points" in flags,
        by_weight="by_weight" in flags,
        insurable="insurable" in flags,
        trace_code="trace_code" in flags,
        ephedrine="ephedrine" in flags,
        cold_chain="cold_chain" in flags,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _category(code: str) -> Category:
    try:
        return Category(code)
    except ValueError:
        raise ValueError(f"没有类别“{code}”，可用：{'、'.join(Category)}") from None


def _price(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(f"价格应为大于 0 的整数分：“{text}”")
    return int(text)


def _ean13(code: str) -> str:
    if len(code) != 13 or not (code.isascii() and code.isdigit()):
        raise ValueError(f"条码应为 13 位数字：“{code}”")
    if code[-1] != ean13_check_digit(code[:-1]):
        raise ValueError(f"条码 {code} 的校验位应为 {ean13_check_digit(code[:-1])}")
    return code


def _claim(taken: dict[str, int], what: str, value: str, line: int) -> None:
    if value in taken:
        raise ValueError(f"{what} {value} 与第 {taken[value]} 行重复")
    taken[value] = line
