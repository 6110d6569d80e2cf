"""A township takes its roll of members in: each row a person and a membership, or a sentence that says why not."""

from gangmu.imports import queries
from gangmu.kernel.scope import Actor
from gangmu.orgs import rosters
from tests.imports.handing_in import checked, handed_in, recorded, sentences, table
from tests.orgs.cast import City

ZHANG = "张三\t男\t1986.5\t本科\t13800000001\t柳溪村第一党支部\t2010年7月1日\t农村"
LI = "李 四\t女\t1990年12月\t大专\t１３８００００００２\t石桥支部\t2015-03-08\t在职"


def test_a_right_roll_becomes_people_and_members(city: City, towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG, LI))
    found = checked(towner, one)
    assert sentences(found) == []
    assert (found.state, found.rows, found.right, found.wrong) == ("checked", 2, 2, 0)
    done = recorded(towner, one)
    assert (done.state, done.said.stopped) == ("done", ())
    [zhang] = rosters.members(city.clerk.scope, city["柳溪支部"])
    assert (zhang.stage, zhang.category, zhang.age_band) == ("full", "rural", "b18_30")
    named = rosters.persons(city.clerk.scope, [zhang.person], city["柳溪支部"])
    assert named[zhang.person] == {
        "name": "张三", "sex": "male", "birth_month": "1986-05", "education": "bachelor", "contact": "13800000001",
    }  # fmt: skip
    [li] = rosters.members(city.clerk.scope, city["石桥支部"])
    assert rosters.persons(city.clerk.scope, [li.person], city["石桥支部"])[li.person]["name"] == "李四"


def test_a_second_upload_of_the_same_rows_doubles_nothing(city: City, towner: Actor) -> None:
    recorded_once = handed_in(towner, table(ZHANG, LI))
    checked(towner, recorded_once)
    recorded(towner, recorded_once)
    again = checked(towner, handed_in(towner, table(ZHANG, LI)))
    assert (again.right, again.already, again.wrong) == (0, 2, 0)
    assert len(rosters.members(city.clerk.scope, city["东镇"])) == 2


def test_only_the_mended_rows_of_a_mended_sheet_are_new(city: City, towner: Actor) -> None:
    one = handed_in(towner, table(ZHANG, LI.replace("石桥支部", "石桥")))
    found = checked(towner, one)
    assert (found.right, found.wrong) == (1, 1)
    recorded(towner, one)
    mended = checked(towner, handed_in(towner, table(ZHANG, LI)))
    assert (mended.right, mended.already) == (1, 1)
    assert recorded(towner, mended.id).state == "done"
    assert len(rosters.members(city.clerk.scope, city["东镇"])) == 2
    assert queries.sheet(mended.id, towner.account).state == "done"
