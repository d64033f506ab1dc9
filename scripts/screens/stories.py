"""The stories by name: what there is to be looked at, for the pictures and for the tests."""

from collections.abc import Callable

from scripts.screens import (
    clocks_story,
    command_story,
    duty_story,
    entry_story,
    ladder_story,
    outside_story,
    phone_story,
    records_story,
    shift_story,
    sos_story,
)
from scripts.screens.camera import Camera, texts_of
from scripts.screens.roster import WHY_ASKED, WHY_SWAP
from scripts.screens.stage import Stage
from scripts.screens.world import CONTESTED

STORIES: dict[str, Callable[[Stage, Camera], None]] = {
    "entry": entry_story.tell,
    "phone": phone_story.tell,
    "duty": duty_story.tell,
    "command": command_story.tell,
    "clocks": clocks_story.tell,
    "records": records_story.tell,
    "shift": shift_story.tell,
    "outside": outside_story.tell,
    "sos": sos_story.tell,
    "ladder": ladder_story.tell,
}
TYPED = [
    duty_story.FACTS,
    duty_story.TOLD_BY,
    duty_story.WHY,
    phone_story.NOTE,
    *records_story.TYPED,
    outside_story.CALLER,
    outside_story.NUMBER,
    outside_story.ACTION,
    outside_story.FACTS,
    outside_story.TITLE,
    outside_story.REPORT,
    outside_story.PROOF,
    outside_story.DONE,
    outside_story.BASIS,
    outside_story.ISSUER_NUMBER,
    outside_story.WHY,
    "金牛派出所 张警官",
    "段某已主动到院交款",
    "杨某",
    "仁和村核桃仓库",
    *CONTESTED,
    shift_story.NOTE,
    sos_story.NOTE,
    sos_story.WORDS,
    ladder_story.NUMBER,
    WHY_SWAP,
    WHY_ASKED,
]
"""What people write while the stories run: data too."""


def play(name: str, stage: Stage, camera: Camera) -> None:
    """Tell one story; its screens and findings are in the camera afterwards."""
    STORIES[name](stage, camera)


def data_of(stage: Stage) -> str:
    """Return every text that the server holds or that a story types: what may stand on a screen in either language."""
    return "\n".join([texts_of(stage.night.texts()), *TYPED])
