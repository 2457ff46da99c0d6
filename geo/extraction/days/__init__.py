"""Days that a text names, as spans with a precision."""
