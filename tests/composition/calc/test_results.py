"""What each computation answers to a well-formed input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.composition.calc.asking import ROOT, Asking
from tests.composition.calc.inputs import spoilt, well_formed


def test_a_quote_has_every_key_in_its_order(ask: Asking) -> None:
    result = ask("quote", well_formed("quote")).result
    assert list(result) == [
        "lines", "gross_fen", "line_reduction_fen", "order_reductions", "points_redeemed", "points_redeemed_fen",
        "rounding_fen", "payable_fen", "change_fen", "redeemed_lots", "points", "points_earned", "available_after",
        "tier_before", "tier_after", "ruleset", "trace",
    ]  # fmt: skip
    assert list(result["lines"][0]) == [
        "sku", "category", "quantity", "gross_fen", "offer", "line_net_fen", "order_reduction_fen",
        "points_reduction_fen", "points_redeemed", "rounding_fen", "net_fen", "insured_fen", "earning_fen",
    ]  # fmt: skip


def test_a_quote_comes_out_to_the_fen(ask: Asking) -> None:
    """136.00 × 0.85 = 115.60 and 9.90 × 0.85 = 8.42; 5.00 of the coupon and 5.00 of points, each shared out."""
    result = ask("quote", well_formed("quote")).result
    first, second = result["lines"]
    assert first["offer"] == {"id": "tier:gold", "reduction_fen": 2040}
    assert [first["order_reduction_fen"], second["order_reduction_fen"]] == [466, 34]
    assert [first["points_redeemed"], second["points_redeemed"]] == [466, 34]
    assert second["insured_fen"] == 100
    assert result["order_reductions"] == [{"id": "coupon", "fen": 500}]
    assert result["payable_fen"] == 11402
    assert result["change_fen"] == 20100 - 11402
    assert result["redeemed_lots"] == [{"expires_on": "2026-08-31", "points": 500}]
    assert result["ruleset"] == "2026.1"


def test_the_trace_says_in_chinese_how_each_figure_came_about(ask: Asking) -> None:
    result = ask("quote", well_formed("quote")).result
    by_rule = {(step["rule"], step["line"]): step for step in result["trace"]}
    assert by_rule["gross", 0]["why"] == "¥68.00 × 2 = ¥136.00"
    assert by_rule["tier:gold", 0]["fen"] == -2040
    assert "金卡" in by_rule["tier:gold", 0]["why"]
    assert by_rule["redemption", None]["points"] == -500
    assert all(("fen" in step) != ("points" in step) for step in result["trace"])
    assert all(step["why"] for step in result["trace"])


def test_the_same_input_gives_the_same_bytes(ask: Asking) -> None:
    given = well_formed("quote")
    pretty = json.dumps(given, indent=2, ensure_ascii=False).encode()
    assert ask("quote", given).out == ask("quote", pretty).out


def test_chinese_stands_in_the_answer_as_it_is(ask: Asking) -> None:
    told = ask("quote", spoilt("quote", ("lines", 0, "sku"), "龚䶮"))
    assert "龚䶮".encode() in told.out
    assert b"\\u" not in told.out


def test_a_refusal_is_a_result(ask: Asking) -> None:
    refused = ask("quote", {**well_formed("quote"), "points_to_redeem": 5000}).result["refused"]
    assert refused["code"] == "points_balance"
    assert "5000" in refused["message"]


def test_a_return_has_every_key_in_its_order(ask: Asking) -> None:
    result = ask("return", well_formed("return")).result
    assert list(result) == [
        "lines", "refund_fen", "tenders", "points_taken_back", "points_given_back", "given_back_lots",
    ]  # fmt: skip
    assert list(result["lines"][0]) == ["line", "quantity", "refund_fen", "points_given_back"]
    assert result["refund_fen"] == sum(tender["fen"] for tender in result["tenders"])


def test_a_return_of_a_refused_sale_is_refused_for_the_same_reason(ask: Asking) -> None:
    given = spoilt("return", ("sale", "points_to_redeem"), 5000)
    assert ask("return", given).result["refused"]["code"] == "points_balance"


def test_more_than_was_sold_does_not_come_back(ask: Asking) -> None:
    given = spoilt("return", ("return", 0, "quantity"), "2")
    assert ask("return", given).result["refused"]["code"] == "return_exceeds"


def test_a_malformed_return_is_malformed_though_its_sale_is_refused(ask: Asking) -> None:
    given = spoilt("return", ("sale", "points_to_redeem"), 5000)
    given["return"][0]["line"] = 7
    assert ask("return", given).malformed.startswith("return[0].line: ")


def test_a_return_at_the_moment_of_the_sale_is_none_too_early(ask: Asking) -> None:
    assert "lines" in ask("return", spoilt("return", ("at",), "2026-05-06T02:12:00Z")).result


def test_entries_fold_to_a_balance(ask: Asking) -> None:
    assert ask("balance", well_formed("balance")).result == {
        "balance": 330,
        "available": 330,
        "debt": 0,
        "expired": 0,
        "expiring_30_days": 50,
        "lots": [
            {"id": "e2", "points": 50, "expires_on": "2026-12-31"},
            {"id": "e1", "points": 280, "expires_on": "2027-01-31"},
        ],
    }


def test_an_entry_sent_twice_counts_once_however_its_time_is_written(ask: Asking) -> None:
    given = well_formed("balance")
    again = {**given["entries"][0], "occurred_at": "2026-01-10T01:00:00.000Z", "expires_on": "2027-01-31"}
    given["entries"].append(again)
    assert ask("balance", given).result["balance"] == 330


def test_a_history_earns_a_tier(ask: Asking) -> None:
    assert ask("tier", well_formed("tier")).result == {
        "tier": "silver",
        "spend_365_fen": 150000,
        "visits_365": 1,
        "recency_days": 41,
    }


@pytest.mark.parametrize("at", ["0001-01-01T00:00+23:59", "9999-12-31T23:59:59.9999999-23:59"])
def test_the_ends_of_the_calendar_are_days_like_others(ask: Asking, at: str) -> None:
    sale = {**well_formed("quote"), "at": at, "points_to_redeem": "max"}
    assert ask("quote", sale).result["lines"]
    assert ask("quote", {**sale, "replica_as_of": "0001-01-01T00:00Z"}).result["lines"]
    assert ask("return", {**well_formed("return"), "sale": sale, "at": "9999-12-31T23:59:59.9999999-23:59"}).result
    entries = [{**entry, "business_date": at[:10], "occurred_at": at} for entry in well_formed("balance")["entries"]]
    assert ask("balance", {"at": at, "entries": entries}).result["debt"] == 0
    assert ask("tier", {**well_formed("tier"), "at": at}).result["tier"] == "basic"


def test_a_fraction_of_a_second_is_taken_to_the_microsecond(ask: Asking) -> None:
    sold = spoilt("return", ("sale", "at"), f"2026-05-06T10:12:00.{'9' * 5000}+08:00")
    sold["at"] = "2026-05-06T10:12:00.999998+08:00"
    assert ask("return", sold).malformed.startswith("at: 退货时间应不早于销售时间")
    sold["at"] = "2026-05-06T10:12:00.999999+08:00"
    assert ask("return", sold).result["lines"]


@pytest.mark.parametrize(("as_of", "left"), [("2026-04-29T10:12:00+08:00", 500), ("2026-04-29T02:11:59Z", 0)])
def test_a_replica_is_too_old_after_seven_times_24_hours(ask: Asking, as_of: str, left: int) -> None:
    given = {**well_formed("quote"), "replica_as_of": as_of}
    refused = ask("quote", given).result.get("refused", {}).get("code")
    assert refused == (None if left else "points_offline_limit")
    assert "refused" not in ask("quote", {**given, "offline": False}).result


def test_another_ruleset_gives_its_own_figures_and_version(ask: Asking, tmp_path: Path) -> None:
    document = (ROOT / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(document.replace('"2026.1"', '"2027.1"').replace('discount = "0.85"', 'discount = "0.84"'))
    result = ask("quote", well_formed("quote"), other).result
    assert result["ruleset"] == "2027.1"
    assert result["lines"][0]["offer"]["reduction_fen"] == 2176
