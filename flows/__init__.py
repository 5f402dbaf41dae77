"""Orchestration only: the command line and the Prefect flows.

Prefect reads its settings when it is imported, so the defaults that suit a batch program stand here.
"""

import logging
import os

from etl.errors import NewsledgerError

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "150")


def _in_one_line(record: logging.LogRecord) -> bool:
    """Without the traceback where the message tells the reader what to do."""
    if record.exc_info and isinstance(record.exc_info[1], NewsledgerError):
        record.exc_info = None
    return True


# A connection that breaks is told by the error that it raises; its pool would add a traceback.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
for name in ("prefect.flow_runs", "prefect.task_runs"):
    logging.getLogger(name).addFilter(_in_one_line)
