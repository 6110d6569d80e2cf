"""Trust tests: each tries hard to break a promise, counts what it tried, and prints one JSON line with its seed."""
