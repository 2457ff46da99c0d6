"""Gold to `data/models`: the only import of torch, never imported at run time."""
