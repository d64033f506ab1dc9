"""The story of the simulated demo: real places, forms that the duty desk would take, every triage and ground once."""

import pytest

from backend.demo.moving_teams import TEAM_NAME
from backend.demo.people import TEAMS
from backend.demo.story import STORY
from backend.leads.rules import Triage, UrgentGround, grounds_fit


def test_the_story_shows_every_kind_of_lead() -> None:
    assert {story.triage for story in STORY} == {str(triage) for triage in Triage}
    assert {ground for story in STORY for ground in story.grounds} == {str(ground) for ground in UrgentGround}
    assert {story.kind for story in STORY} == {"property", "whereabouts", "both"}
    assert {story.court_id for story in STORY} == {
        team.court_id for team in TEAMS if team.name == TEAM_NAME and team.court_id != "baishishan"
    }


@pytest.mark.parametrize("story", STORY, ids=lambda story: story.content[:12])
def test_a_story_fits_its_own_rules(story) -> None:
    assert grounds_fit(Triage(story.triage), story.grounds)
    assert (story.triage == "urgent") == bool(story.title and story.action and story.report and story.place)
    assert len({other.content for other in STORY}) == len(STORY)
