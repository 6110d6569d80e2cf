"""Facts and the vault: the one thing that is written. Knows opaque ids only and asks no tree of organisations."""
