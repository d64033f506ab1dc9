"""The yardstick: the smallest Flask view on eventlet's server that reads JSON and answers JSON, and nothing else."""

import sys
import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402 - the filter must stand before it

eventlet.monkey_patch()

import eventlet.wsgi  # noqa: E402 - after monkey_patch
from flask import Flask, Response, jsonify, request  # noqa: E402 - after monkey_patch

app = Flask("bare")


@app.post("/bare")
def take() -> Response:
    """Read a batch of fixes and say how many there were."""
    return jsonify(stored=len(request.get_json()["fixes"]))


@app.get("/readyz")
def ready() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


if __name__ == "__main__":
    eventlet.wsgi.server(eventlet.listen(("127.0.0.1", int(sys.argv[1]))), app, log_output=False)
