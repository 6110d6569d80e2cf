"""Definitions as data: load, check, date, compile. Pure Python, no Django."""
