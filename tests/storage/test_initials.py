from __future__ import annotations

import pytest

from pos_member.storage.initials import initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("维生素C片", "wsscp"),
        ("复方α-酮酸片", "ts"),
        ("重楼", "cl"),
        ("炔诺酮片", "qntp"),
        ("单晓", "sx"),
        ("曾伟", "zw"),
        ("区志强", "ozq"),
        ("朴海", "ph"),
        ("查先生", "zxs"),
    ],
)
def test_a_name_is_found_by_the_initials_people_type(name: str, typed: str) -> None:
    assert any(typed in reading for reading in initials(name).split())


def test_what_a_word_settles_has_no_other_reading() -> None:
    assert initials("重楼") == "cl"
    assert initials("炔诺酮片") == "qntp"


def test_a_surname_is_read_as_one_first_and_as_a_plain_word_too() -> None:
    readings = initials("单硝酸").split()
    assert readings[0].startswith("s")
    assert "dxs" in readings


def test_a_name_with_many_readings_keeps_the_usual_one() -> None:
    assert len(initials("行长调重单解").split()) == 1


def test_punctuation_and_spaces_are_not_typed() -> None:
    assert initials("0.9% 氯化钠 (袋)").startswith("09lhnd")
    assert initials("") == ""
