"""Pictures of every screen in every state, language and light, each held to the rules: `make screenshots`.

Writes into test-results/screenshots with `index.html` as contact sheet. `make screenshots ARGS="phone zh-light"` takes
only the stories and looks that are named. Ends with 1 when a screen breaks a rule or a page complains.
"""

import sys
import tempfile
from pathlib import Path

from scripts.screens.camera import Camera
from scripts.screens.contact_sheet import write_contact_sheet
from scripts.screens.looks import ALL_LOOKS
from scripts.screens.stage import open_stage, own_browser
from scripts.screens.stories import STORIES, data_of, play

OUTPUT = Path("test-results/screenshots")


def main() -> int:
    """Take the pictures of the stories and looks that were named, or all; return the exit code."""
    asked = set(sys.argv[1:])
    known = {look.name for look in ALL_LOOKS} | set(STORIES)
    if asked - known:
        print(f"There are: {', '.join(sorted(known))}; not: {', '.join(sorted(asked - known))}")
        return 2
    looks = [look for look in ALL_LOOKS if look.name in asked] or list(ALL_LOOKS)
    stories = [name for name in STORIES if name in asked] or list(STORIES)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    taken, findings = [], []
    with (
        tempfile.TemporaryDirectory() as data,
        own_browser() as browser,
        open_stage(Path(data), browser) as stage,
    ):
        for look in looks:
            for name in stories:
                camera = Camera(look, data_of(stage), OUTPUT)
                play(name, stage, camera)
                print(
                    f"{name} {look.name}: {len(camera.taken)} pictures",
                    *camera.findings,
                    sep="\n    ",
                    flush=True,
                )
                taken += camera.taken
                findings += camera.findings
        complaints = stage.complaints()
    print(write_contact_sheet(OUTPUT, taken, findings), *complaints, sep="\n")
    return 1 if findings or complaints else 0


if __name__ == "__main__":
    sys.exit(main())
