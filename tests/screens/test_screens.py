"""Every screen in its states, both languages and both lights, against the rules of shared looks; Done-when 8 of the spine.

Nothing cut off or over the edge, targets of 48 px on the phone, contrast 4.5:1 and 7:1 on main acts, axe-core without a
serious finding, every glyph there, every word in the language of the screen, no word from the browser's console.
"""

from pathlib import Path

import pytest

from scripts.screens.camera import Camera
from scripts.screens.looks import SHORT_LOOKS, Look
from scripts.screens.stage import Stage
from scripts.screens.stories import STORIES, data_of, play

SCREENS = {
    "entry": 12,
    "phone": 25,
    "duty": 17,
    "command": 10,
    "clocks": 7,
    "records": 15,
    "shift": 19,
    "outside": 9,
    "sos": 11,
    "ladder": 9,
}
"""How many screens each story shows: a story that ends early must not pass."""


@pytest.mark.parametrize("look", SHORT_LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("story", STORIES)
def test_the_screens_keep_the_rules(story: str, look: Look, stage: Stage, tmp_path: Path) -> None:
    camera = Camera(look, data_of(stage), tmp_path, only_broken=True)
    play(story, stage, camera)
    assert [str(finding) for finding in camera.findings] == [], f"the pictures are in {tmp_path}"
    assert stage.complaints() == []
    assert len(camera.taken) == SCREENS[story]
