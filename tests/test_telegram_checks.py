"""The checks of outgoing calls can fail: what an ordinary bot may not do is refused."""

import pytest

from tests.telegram_checks import ANN, GROUP, Call, check_rights


@pytest.mark.parametrize(
    "call",
    [
        Call("banChatMember", {"chat_id": GROUP, "user_id": ANN}),
        Call("pinChatMessage", {"chat_id": GROUP, "message_id": 1}),
        Call("sendMessageDraft", {"chat_id": GROUP, "draft_id": 1, "text": "…"}),
    ],
)
def test_what_needs_rights_is_refused(call):
    """Admin's methods, and private ones in a group, never pass unseen."""
    with pytest.raises(AssertionError):
        check_rights(call)


def test_what_needs_none_passes():
    """A draft in a private chat and a message in a group are anybody's."""
    check_rights(Call("sendMessageDraft", {"chat_id": ANN, "draft_id": 1, "text": "…"}))
    check_rights(Call("sendMessage", {"chat_id": GROUP, "text": "…"}))
