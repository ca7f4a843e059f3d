"""QR codes: how many modules a payload takes, and how large they can be on the paper."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.image.pil import PilImage
from qrcode.main import QRCode

from hardware.errors import UnprintableError

QUIET_MODULES = 4
"""Blank modules a reader needs on each side."""
_LARGEST_MODULE = 6
_SMALLEST_MODULE = 3

Modules = tuple[tuple[bool, ...], ...]


def qr_modules(payload: bytes) -> Modules:
    """The code's modules, dark is True, without the quiet zone; error correction level M."""
    code: QRCode[PilImage] = QRCode(error_correction=ERROR_CORRECT_M, border=0, image_factory=PilImage)
    code.add_data(payload)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise UnprintableError(f"a QR code cannot hold {len(payload)} bytes") from error
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def module_dots(modules: int, paper_dots: int) -> int:
    """The size of a module in dots, 3 to 6, so that the code and its quiet zone fit the paper."""
    size = min(_LARGEST_MODULE, paper_dots // (modules + 2 * QUIET_MODULES))
    if size < _SMALLEST_MODULE:
        raise UnprintableError(f"a QR code of {modules} modules is too fine for a paper of {paper_dots} dots")
    return size
