"""What pages are made of: each module draws one thing and owns its state."""
