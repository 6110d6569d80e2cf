"""The indicator language: nodes, the reader of formulas, and the plain-Python oracle. Pure Python."""
