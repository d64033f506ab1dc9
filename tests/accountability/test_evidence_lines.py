"""The lines attached to a record: its own always, and of a busy lead the newest others, in the order they happened."""

from tests.accountability.centre import Centre
from tests.support.world import World


def test_on_a_busy_lead_the_records_own_lines_stay_and_the_newest_others(
    world: World, centre: Centre
) -> None:
    lead, other = world.register_lead(centre.desk), world.register_lead(centre.desk)
    with world.database.writing() as work:
        work.authorise_by_rule("the test fills the log")
        for number in range(230):
            work.audit(world.actor("binchuan.duty"), f"lead.remark_{number}", "lead", lead["id"], "binchuan")
            work.audit(world.actor("binchuan.duty"), "lead.elsewhere", "lead", other["id"], "binchuan")
    centre.pass_time(minutes=1)
    record = centre.open(subject_kind="lead", subject_id=lead["id"])
    centre.act(centre.commander, record, "decide", decision="not_upheld")
    lines = centre.record(record["id"])["evidence"]["lines"]
    actions = [line["action"] for line in lines]
    assert len(lines) == 200
    assert actions[-2:] == ["record.open", "notice.give"]
    assert actions[-3] == "lead.remark_229"
    assert "lead.remark_0" not in actions
    assert "lead.elsewhere" not in actions
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)
