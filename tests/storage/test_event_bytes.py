"""The bytes that a chain is made of: one form, whichever way they are made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_member.app.codec import to_canonical, to_plain
from pos_member.domain.event import canonical_bytes
from tests.storage.makers import sale

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(_TEXTS, _PLAIN, max_size=6))
def test_whatever_an_event_holds_has_one_form_in_bytes(body: dict[str, object]) -> None:
    assert to_canonical(body) == canonical_bytes(body)


def test_a_sale_goes_into_its_event_as_its_plain_form_would() -> None:
    sold = sale(1)
    assert to_canonical({"body": sold, "v": 1}) == canonical_bytes({"body": to_plain(sold), "v": 1})
