"""One SQLite library for the whole process: pysqlite3 where it exists, without the WAL-reset bug (TRUST §0.3).

Imported before anything else opens SQLite. Two libraries on one live file would break its locks.
"""

import sys

try:
    import pysqlite3
except ImportError:  # Linux on ARM: no wheel; the standard library serves with journal_mode=DELETE
    PATCHED = False
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    PATCHED = True
