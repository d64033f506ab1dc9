"""The typed client of the pages is the one generated from the backend's own description."""

import json
import subprocess
from pathlib import Path

from backend.app import create_app
from backend.core.database import Database
from tests.conftest import make_settings
from tests.support.front import ROOT


def test_the_pages_types_are_those_of_todays_interface(tmp_path: Path, spatialite_template: Path) -> None:
    database = Database(f"sqlite:///{spatialite_template}")
    app = create_app(make_settings(tmp_path), database)
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(app.test_client().get("/api/openapi.json").get_json()), encoding="utf-8")
    database.close()
    command = [str(ROOT / ".venv/bin/npm"), "run", "--silent", "api-types", "--", str(document), "--check"]
    answer = subprocess.run(command, cwd=ROOT / "pwa", capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr + "\nrun: npm run api-types"
