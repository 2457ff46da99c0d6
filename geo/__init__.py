"""Conflict Atlas: from conflict reporting to a map that can be defended."""
