"""What a button carries comes back as it was, and fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.buttons import LIMIT, ButtonTooLong, Press, encode, parse

words = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
actions = st.builds("{}.{}".format, words, words)
ids = st.text(st.characters(blacklist_characters=":", codec="utf-8"), max_size=12)
texts = st.text(st.characters(codec="utf-8"), max_size=8)


@given(actions, ids, texts)
def test_a_button_is_read_back_as_it_was_written(action, id, arg):
    try:
        data = encode(action, id, arg)
    except ButtonTooLong:
        assert len(f"{action}:{id}:{arg}".encode()) > LIMIT
        return
    assert parse(data) == Press(action, id, arg)
    assert 1 <= len(data.encode()) <= LIMIT


@given(st.text(max_size=64))
def test_forged_data_never_breaks_anything(data):
    press = parse(data)
    assert press is None or encode(press.action, press.id, press.arg) == data


def test_a_button_that_could_not_be_read_back_is_a_mistake():
    with pytest.raises(ValueError, match="read back"):
        encode("dispose.approve", "a:b")
    with pytest.raises(ValueError, match="read back"):
        encode("Kirim")
