"""Both languages are complete: every text on the screen has its English, and no English is left over."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.staff import Role
from pos_member.domain.tier import Tier
from tests.ui.shell.sources import broken_up_texts, gaps_of, path_of_english, source_texts
from ui.i18n import Languages, say, tr


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """Finished translations by source text."""
    found = {}
    for message in ElementTree.parse(path_of_english()).iter("message"):  # noqa: S314 - our own file
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        found[message.findtext("source", "")] = translation.text or ""
    return found


def test_every_text_has_its_english_and_none_is_left_over(english: dict[str, str]) -> None:
    wanted = source_texts()
    assert len(wanted) > 150
    assert sorted(wanted - english.keys()) == []
    assert sorted(english.keys() - wanted) == []


def test_every_translation_fills_the_same_gaps(english: dict[str, str]) -> None:
    said_otherwise = {"{tenths}折": {"off"}}
    wrong = {
        source: target
        for source, target in english.items()
        if gaps_of(target) != said_otherwise.get(source, gaps_of(source))
    }
    assert wrong == {}
    assert [source for source, target in english.items() if not target.strip()] == []


def test_translations_stand_sorted_by_source(english: dict[str, str]) -> None:
    assert list(english) == sorted(english)


def test_no_text_is_pieced_together_where_no_translation_can_find_it() -> None:
    assert broken_up_texts() == []


def test_a_refusal_speaks_the_language_on_the_screen(qapp: QApplication, translations: Path) -> None:
    refusal = Refusal(
        "unknown_card", "没有登记过卡 {card}：请核对，可用手机号查会员，或不用会员继续收款", card="6200 **** 1947"
    )
    languages = Languages(qapp, translations)
    languages.use("en")
    assert say(refusal).startswith("No card 6200 **** 1947")
    languages.use("zh")
    assert say(refusal) == refusal.message


def test_the_domains_own_words_are_translated_inside_a_sentence(qapp: QApplication, translations: Path) -> None:
    languages = Languages(qapp, translations)
    languages.use("en")
    assert tr("再消费 {amount} 升{tier}", amount="¥180", tier=Tier.DIAMOND) == "¥180 more to Diamond"
    assert tr("再消费 {amount} 升{tier}", amount="¥180", tier="钻石") == "¥180 more to Diamond"
    assert tr("{name} 离岗", name=Role.PHARMACIST) == "Pharmacist goes off duty"
    assert tr("{name} 离岗", name="药师、店长") == "Pharmacist, Store manager goes off duty"
    assert tr("{name} 离岗", name="药师、王明") == "药师、王明 goes off duty"
    languages.use("zh")
    assert tr("再消费 {amount} 升{tier}", amount="¥180", tier=Tier.DIAMOND) == "再消费 ¥180 升钻石"


def test_without_a_file_the_language_stays(qapp: QCoreApplication, tmp_path: Path) -> None:
    languages = Languages(qapp, tmp_path)
    with pytest.raises(Fault) as fault:
        languages.use("en")
    assert fault.value.code == "translation_missing"
    assert tr("登录") == "登录"
