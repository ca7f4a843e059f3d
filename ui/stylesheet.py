"""The rules of the look; ``$names`` are the tokens of :class:`ui.theme.Theme`."""

from __future__ import annotations

STYLESHEET = """
QMainWindow, QDialog { background: $bg; }
QLabel { background: transparent; }
QToolTip { background: $status; color: $status_ink; border: 1px solid $line; padding: 4px 8px; font-size: 13px; }

QLabel[role="brand"] { color: $brand; font-size: 16px; font-weight: 700; }
QLabel[role="title"] { font-size: 21px; font-weight: 700; }
QLabel[role="section"] { font-size: 17px; font-weight: 700; }
QLabel[role="name"] { font-size: 17px; font-weight: 700; }
QLabel[role="muted"] { color: $ink2; font-size: 13px; }
QLabel[role="note"] { color: $ink2; font-size: 15px; }
QLabel[role="figure"] { font-size: 21px; font-weight: 700; }
QLabel[role="total"] { font-size: 28px; font-weight: 700; }
QLabel[role="payable"] { font-size: 42px; font-weight: 700; color: $on_fill; letter-spacing: -1px; }
QLabel[role="change"] { font-size: 64px; font-weight: 700; color: $brand; letter-spacing: -2px; }
QLabel[role="on_brand"] { color: $on_fill2; font-size: 14px; }
QLabel[role="step"] { font-size: 16px; }
QLabel[role="action"] { color: $on_fill; font-size: 32px; font-weight: 700; }
QLabel[role="payable"]:disabled, QLabel[role="action"]:disabled, QLabel[role="on_brand"]:disabled { color: $ink2; }

QLabel[tone="gold"] { color: $gold; }
QLabel[tone="rx"], QLabel[tone="danger"] { color: $danger; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="brand"] { color: $brand; }
QLabel[tone="mute"] { color: $ink2; }
QLabel[chip="true"] { border-radius: 6px; padding: 1px 7px; font-size: 12px; font-weight: 500; }
QLabel[chip="true"][large="true"] { font-size: 14px; padding: 3px 10px; }
QLabel[chip="true"][tone="gold"] { background: $gold_soft; }
QLabel[chip="true"][tone="rx"], QLabel[chip="true"][tone="danger"] { background: $danger_soft; }
QLabel[chip="true"][tone="info"] { background: $info_soft; }
QLabel[chip="true"][tone="ok"] { background: $ok_soft; }
QLabel[chip="true"][tone="warn"] { background: $warn_soft; }
QLabel[chip="true"][tone="brand"] { background: $brand_soft; }
QLabel[chip="true"][tone="mute"] { background: $sunken; border: 1px solid $line; }

QLabel[mark="true"] { padding: 0px; font-size: 13px; font-weight: 700; }

QLabel[keycap="true"] {
    color: $ink2; background: $sunken; border: 1px solid $line; border-bottom-width: 2px; border-radius: 5px;
    padding: 0px 6px 1px 6px; font-size: 12px;
}
QLabel[keycap="true"]:disabled { color: $ink3; }
QLabel[keycap="true"][large="true"] { font-size: 16px; padding: 2px 12px 3px 12px; }
QLabel[keycap="true"][on_brand="true"] { color: $on_fill; background: $brand_press; border-color: $brand_edge; }
QLabel[keycap="true"][on_brand="true"]:disabled { color: $ink2; background: $surface; border-color: $line; }

QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[card="true"][floating="true"] { border: 2px solid $brand; }
QWidget[plain="true"] { background: transparent; }
QFrame[header="true"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[sunken="true"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[hair="true"] { background: $hair; border: none; }
QFrame[banner="true"] { background: $sunken; border: 1px solid $line; border-radius: 10px; }
QFrame[banner="true"][tone="danger"] { background: $danger_soft; border-color: $danger_edge; }
QFrame[banner="true"][tone="warn"] { background: $warn_soft; border-color: $warn; }
QFrame[banner="true"][tone="ok"] { background: $ok_soft; border-color: $ok; }
QFrame[banner="true"][tone="info"] { background: $info_soft; border-color: $info; }
QFrame[banner="true"][tone="brand"] { background: $brand_soft; border: 2px solid $brand; }

QPushButton {
    background: $surface; color: $ink; border: 1px solid $line; border-radius: 10px; padding: 0px 14px;
    min-height: 44px; font-size: 15px;
}
QPushButton:hover { border-color: $ink3; }
QPushButton:pressed { background: $brand_soft; border-color: $brand; }
QPushButton:focus { border: 2px solid $brand; }
QPushButton:disabled { color: $ink3; background: $sunken; border-color: $line; }
QPushButton[role="primary"] { background: $brand_fill; color: $on_fill; border-color: $brand_fill; font-weight: 700; }
QPushButton[role="primary"]:hover { background: $brand_press; }
QPushButton[role="primary"]:pressed { background: $brand_press; border-color: $brand_edge; }
QPushButton[role="primary"]:focus { border: 2px solid $on_fill2; }
QPushButton[role="primary"]:disabled { background: $sunken; color: $ink2; border-color: $line; }
QPushButton[role="primary"][large="true"] { border-radius: 12px; }
QPushButton[role="danger_key"] { border: 2px solid $danger; min-height: 42px; }
QPushButton[role="danger"] { background: $danger_fill; color: $on_fill; border-color: $danger_fill; font-weight: 700; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $brand; }
QPushButton[role="quiet"]:hover { background: $sunken; }
QPushButton[role="choice"] { border-color: transparent; border-radius: 8px; padding: 0px; }
QPushButton[role="choice"][marked="true"] { background: $brand_soft; border: 1px solid $brand; }
QPushButton[role="tile"] { font-size: 20px; font-weight: 700; padding: 0px 4px; }
QPushButton[role="tile"][marked="true"] { border: 2px solid $brand; background: $brand_soft; }

QLineEdit {
    background: $surface; color: $ink; border: 1px solid $line; border-radius: 10px; padding: 0px 12px;
    min-height: 42px; font-size: 17px; selection-background-color: $brand_fill; selection-color: $on_fill;
}
QLineEdit:focus { border: 2px solid $brand; padding: 0px 11px; }
QLineEdit[scan="true"] { border: 2px solid $brand; padding: 0px 11px; min-height: 36px; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
    border: none; background: transparent; padding: 0px; min-height: 0px;
}
QLineEdit[figures="true"][bare="true"] { padding: 0px; }
QLineEdit[figures="true"] { font-size: 26px; font-weight: 700; }

QListView, QScrollArea { background: transparent; border: none; outline: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $ink3; border-radius: 3px; min-height: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
