"""What goes wrong in the database is logged by what held, never with the values of the row: one is a reporter's name."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.core.web import answer_collision
from tests.support.world import World

INCOMPLETE = text(
    "INSERT INTO lead_reporter (lead_id, name, wants_anonymity, wants_reply) VALUES (:lead_id, :name, NULL, :no)"
)


def test_a_constraint_that_held_is_named_without_the_row(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(IntegrityError) as refused, world.database.writing() as work:
        work.session.execute(INCOMPLETE, {"lead_id": "a lead", "name": "张三", "no": False})
    with world.app.test_request_context("/api/leads"):
        assert answer_collision(refused.value).status_code == 409
    assert "wants_anonymity" in caplog.text
    assert "张三" not in caplog.text
    assert "parameters hidden" in str(refused.value)
