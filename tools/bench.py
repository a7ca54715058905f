"""`make bench`: quorate bench on SQLite and on a PostgreSQL of its own, in a temporary cluster."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.postgresql import cluster  # noqa: E402

with cluster() as dsn:
    quorate = Path(sys.executable).parent / "quorate"
    command = [str(quorate), "bench", "--store", "sqlite", "--store", dsn, *sys.argv[1:]]
    sys.exit(subprocess.run(command, check=False).returncode)
