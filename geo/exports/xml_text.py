"""Text that XML 1.0 can carry."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return the text with characters that XML 1.0 forbids (most control characters) as U+FFFD; escapes nothing."""
    return _FORBIDDEN.sub("\ufffd", text)
