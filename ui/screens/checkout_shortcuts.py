"""What the keys do at the checkout, those on its buttons and those that move about in what stands open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.i18n import tr
from ui.widgets.key_strip import KeyAction

if TYPE_CHECKING:
    from ui.screens.checkout import CheckoutScreen


def key_actions(screen: CheckoutScreen) -> tuple[KeyAction, ...]:
    """The checkout's own buttons."""
    return (
        KeyAction(key="F2", label=tr("取消会员"), act=screen.drop_member),
        KeyAction(key="F4", label=tr("数量"), act=lambda: screen.editing.edit_quantity()),
        KeyAction(key="F5", label=tr("挂单"), act=screen.suspending.suspend),
        KeyAction(key="F6", label=tr("取单"), act=screen.suspending.offer),
        KeyAction(key="F7", label=tr("积分"), act=screen.use_points),
        KeyAction(key="F8", label=tr("优惠券"), act=lambda: screen.editing.edit_coupon()),
        KeyAction(key="Del", label=tr("删除行"), act=screen.remove_line),
        KeyAction(key="Ctrl+I", label=tr("为何这个价"), act=lambda: screen.editing.explain()),
        KeyAction(key="Ctrl+Del", label=tr("作废整单"), act=screen.void_basket),
    )


def take_key(screen: CheckoutScreen, event: QKeyEvent) -> bool:
    """Does what a key stands for; False where it means nothing here."""
    key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if screen.choices.is_open and screen.choices.take_key(key, event.text()):
        return True
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and screen.editing.confirm():
        return True
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        step = 1 if key == Qt.Key.Key_Down else -1
        screen.aside.explanation.scroll(step) if screen.aside.is_explaining else screen.basket.move(step)
        return True
    remove = screen.editing.drop_coupon if screen.aside.is_couponing else screen.remove_line
    action: Callable[[], None] | None = {
        Qt.Key.Key_F2: screen.drop_member,
        Qt.Key.Key_F4: screen.editing.edit_quantity,
        Qt.Key.Key_F5: screen.suspending.suspend,
        Qt.Key.Key_F6: screen.suspending.offer,
        Qt.Key.Key_F7: screen.use_points,
        Qt.Key.Key_F8: screen.editing.edit_coupon,
        Qt.Key.Key_Delete: screen.void_basket if control else remove,
        Qt.Key.Key_Escape: screen.escape,
    }.get(Qt.Key(key))
    if action is None and control and key == Qt.Key.Key_I:
        action = screen.editing.explain
    if action is None and event.text() == "+":
        action = screen.pay
    if action is not None:
        action()
    return action is not None


def keep_typing(screen: CheckoutScreen) -> None:
    """Typing goes on here if it was here: a panel, where a PIN may be half typed, keeps its keys."""
    focused = QApplication.focusWidget()
    if screen.isVisible() and (focused is None or screen.isAncestorOf(focused)):
        screen.focus_input()
