from __future__ import annotations

from pathlib import Path

import pytest

from hardware.errors import ProfileError
from hardware.profiles import load_profile, load_profiles
from tests.hardware.receipts import NARROW, PROFILES, WIDE

GOOD = 'name = "x"\ncolumns = 48\ndots = 576\n'


def test_the_shipped_profiles_are_a_wide_and_a_narrow_paper() -> None:
    assert sorted(PROFILES) == ["generic-58mm", "generic-80mm"]
    assert (WIDE.columns, WIDE.dots) == (48, 576)
    assert (NARROW.columns, NARROW.dots) == (32, 384)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD.replace("576", "384"), "48 columns need 576 dots"),
        (GOOD + 'encoding = "utf-8"\n', "utf-8"),
        (GOOD + "drawer_pin = 3\n", "drawer_pin"),
        (GOOD + "drawer_on_ms = 600\n", "drawer pulse"),
        (GOOD + "feed_lines = -1\n", "feed_lines"),
        (GOOD + 'colour = "red"\n', "colour"),
        (GOOD + 'encoding = "gbk"\nfour_byte_glyphs = true\n', "gb18030 only"),
        ("columns = ", "Invalid"),
        ('name = "x"\n', "columns"),
    ],
)
def test_a_wrong_profile_says_which_file_and_why(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "counter.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"counter\.toml") as refusal:
        load_profiles(tmp_path)
    assert reason in str(refusal.value)


def test_a_missing_profile_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"absent\.toml"):
        load_profile(tmp_path / "absent.toml")
