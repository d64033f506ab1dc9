"""Acts on the tree of courts: a court is added with the day it begins; nothing is ever renamed in place."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.courts.rules import COURT_ID_FORM, LEVELS, may_stand_above
from backend.courts.tables import Court
from backend.courts.views import court_of_code, court_tree, find_court


def add_court(
    work: UnitOfWork,
    actor: Actor,
    court_id: str,
    code: str,
    name: str,
    name_en: str,
    *,
    level: str,
    parent_id: str | None,
    effective_from: datetime,
    point: tuple[float, float] | None = None,
    code_verified: bool = True,
) -> Court:
    """Add a court; the caller has authorised the act. `point` is longitude, latitude in WGS-84 degrees.

    Raises 422.1 for a malformed id, a superior of the wrong level or none, or a point not on Earth; 404.1 for a superior
    that does not stand then; 409.3 for an id or code that is taken.
    """
    if not COURT_ID_FORM.fullmatch(court_id):
        raise Problem(
            "422.1",
            "法院编号用小写字母、数字和下划线，以字母开头",
            "A court's id has small letters, digits and underscores, a letter first",
        )
    if point and not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        raise Problem(
            "422.1", "坐标不正确：先经度，后纬度", "The point is not right: longitude, then latitude"
        )
    for taken, zh, en in (
        (find_court(work.session, court_id), f"已有法院 {court_id}", f"There is a court {court_id} already"),
        (court_of_code(work.session, code), f"法院代字 {code} 已被使用", f"The code {code} is taken"),
    ):
        if taken is not None:
            raise Problem("409.3", zh, en)
    demand_superior(work, level, parent_id, effective_from)
    court = Court(
        id=court_id,
        code=code,
        code_verified=code_verified,
        name=name,
        name_en=name_en,
        level=level,
        parent_id=parent_id,
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        effective_from=effective_from,
    )
    work.session.add(court)
    authority_changed(work)
    work.audit(actor, "court.add", "court", court_id, court_id, name=name, parent_id=parent_id)
    return court


def demand_superior(work: UnitOfWork, level: str, parent_id: str | None, at: datetime) -> None:
    """Raise a problem unless a court of this level can begin under this superior: only the supreme court has none."""
    if parent_id is None:
        if level != LEVELS[0]:
            raise Problem(
                "422.1", "须写明上级法院（最高法院除外）", "Every court but the supreme one has a superior"
            )
        return
    parent = find_court(work.session, parent_id)
    if parent is None:
        raise not_found(f"没有法院 {parent_id}", f"There is no court {parent_id}")
    if level == LEVELS[0] or not may_stand_above(parent.level, level):
        raise Problem(
            "422.1",
            f"上级法院 {parent_id} 的级别不符",
            f"The superior {parent_id} is not of the level above {level}",
        )
    if parent_id not in court_tree(work.session, at).nodes:
        raise Problem(
            "422.1",
            f"上级法院 {parent_id} 当时不存在",
            f"The superior {parent_id} does not stand on that day",
        )
