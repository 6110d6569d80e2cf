"""The invented city 青禾市: pure generators of a believable year, and one loader that records it."""
