"""Definitions as data: read from YAML, checked all at once, dated, compiled into one frozen Catalog. Pure Python."""
