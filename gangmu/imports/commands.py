"""`gangmu imports`: work on the sheets that wait. The worker starts it; by hand it does no harm."""

import argparse

from gangmu.imports.jobs import run_waiting


def imports(argv: list[str]) -> int:
    """Check and record every sheet that waits, then end."""
    parser = argparse.ArgumentParser(prog="gangmu imports", description="处理等着导入的表 / work on sheets that wait")
    parser.parse_args(argv)
    print(f"处理了 {run_waiting()} 张表。 Sheets worked on.")
    return 0
