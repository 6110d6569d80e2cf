"""Speed figures, printed as JSON lines: `python3 run.py bench [NAME …] [--seed N]`. Never timed tests."""
