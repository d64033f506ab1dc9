"""Logs: one line an event to standard error, without personal data and without the addresses of requests."""

import logging
import sys


def set_up_logs() -> None:
    """Write time, level, module and message; libraries only from warnings up."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        force=True,
    )
    for noisy in ("werkzeug", "engineio", "socketio", "alembic", "geoalchemy2"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
