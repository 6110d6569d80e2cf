"""The floor everything stands on: time, ids, numbers, canonical bytes, problems. Pure Python, no Django."""
