"""Sheets that offices keep already, taken in: read, understood, held against the rules row by row, recorded at once."""
