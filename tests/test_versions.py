"""Promise 5: which version of a document is in force on a day."""

from datetime import date

from assistant.library.catalogue import Catalogue
from corpus.model import Metadata

DAY = date(2026, 11, 22)


def version(number: str, **known: object) -> Metadata:
    return Metadata(id="telework", title="Telework", version=number, **known)  # type: ignore[arg-type]  # shorthand of the tests


def test_a_later_version_supersedes_an_earlier_one_from_its_first_day():
    old = version("1", effective_from=date(2021, 3, 1))
    new = version("2", effective_from=date(2024, 9, 1))
    catalogue = Catalogue([new, old])
    assert catalogue.force(old, date(2024, 8, 31)) == "in force"
    assert catalogue.force(old, date(2024, 9, 1)) == "superseded"
    assert catalogue.force(new, date(2024, 8, 31)) == "not yet in force"
    assert catalogue.keys_in_force(date(2024, 9, 1)) == {"telework@2"}


def test_exactly_one_version_is_in_force_on_every_day_from_the_first():
    versions = [version(str(n), effective_from=date(2020 + n, 1, 1)) for n in range(1, 5)]
    catalogue = Catalogue(versions)
    for year in range(2021, 2030):
        assert len(catalogue.keys_in_force(date(year, 6, 1))) == 1


def test_versions_without_dates_are_ordered_as_people_count():
    catalogue = Catalogue([version("10"), version("9")])
    assert catalogue.keys_in_force(DAY) == {"telework@10"}


def test_a_withdrawn_version_does_not_supersede_the_one_before_it():
    catalogue = Catalogue([version("1"), version("2", withdrawn=True)])
    assert catalogue.keys_in_force(DAY) == {"telework@1"}


def test_a_version_ends_on_its_own_last_day_without_a_successor():
    only = version("1", effective_to=date(2026, 11, 21))
    catalogue = Catalogue([only])
    assert catalogue.force(only, date(2026, 11, 21)) == "in force"
    entry = catalogue.entry(only, DAY)
    assert (entry.force, entry.status) == ("expired", "expired")
    assert entry.marks == ("Expired on 21 November 2026",)
    assert catalogue.keys_in_force(DAY) == frozenset()


def test_a_version_that_expired_is_superseded_once_the_next_one_begins():
    old = version("1", effective_from=date(2020, 1, 1), effective_to=date(2022, 12, 31))
    new = version("2", effective_from=date(2024, 1, 1))
    catalogue = Catalogue([old, new])
    assert catalogue.force(old, date(2023, 6, 1)) == "expired"
    assert catalogue.keys_in_force(date(2023, 6, 1)) == frozenset()
    assert catalogue.entry(old, date(2024, 1, 1)).marks == ("Superseded by version 2",)


def test_a_withdrawn_version_is_superseded_and_not_expired():
    only = version("1", withdrawn=True, effective_to=date(2022, 12, 31))
    catalogue = Catalogue([only])
    assert catalogue.force(only, date(2022, 12, 31)) == "in force"
    assert catalogue.entry(only, DAY).marks == ("Superseded",)


def other(name: str, **known: object) -> Metadata:
    return Metadata(id=name, title=f"The {name} rules", **known)  # type: ignore[arg-type]  # as above


def test_a_document_that_supersedes_another_ends_its_force_on_the_eve_of_its_first_day():
    old = other("telework", effective_from=date(2020, 1, 1))
    new = other("flexible-work", effective_from=date(2024, 9, 1), supersedes=("telework",))
    catalogue = Catalogue([old, new])
    assert catalogue.force(old, date(2024, 8, 31)) == "in force"
    assert catalogue.entry(old, date(2024, 9, 1)).marks == (
        "Superseded by “The flexible-work rules”",
    )
    assert catalogue.keys_in_force(DAY) == {"flexible-work@1"}
    assert catalogue.keys_in_force(date(2023, 1, 1)) == {"telework@1"}


def test_a_version_that_begins_after_its_supersession_is_not_ended_by_it():
    old = other("telework", effective_from=date(2020, 1, 1))
    again = other("telework", version="2", effective_from=date(2025, 1, 1))
    new = other("flexible-work", effective_from=date(2024, 9, 1), supersedes=("telework",))
    catalogue = Catalogue([old, again, new])
    assert catalogue.keys_in_force(DAY) == {"telework@2", "flexible-work@1"}


def test_a_withdrawn_or_unknown_document_supersedes_nothing():
    old = other("telework")
    new = other("flexible-work", withdrawn=True, supersedes=("telework", "nothing"))
    assert Catalogue([old, new]).keys_in_force(DAY) == {"telework@1"}


def test_documents_that_supersede_each_other_or_themselves_stay_in_force():
    circle = [
        other("a", supersedes=("b",)),
        other("b", supersedes=("c",)),
        other("c", supersedes=("a",)),
        other("d", supersedes=("d",)),
    ]
    assert Catalogue(circle).keys_in_force(DAY) == {"a@1", "b@1", "c@1", "d@1"}


def test_a_later_version_without_a_date_does_not_take_over_from_one_that_has_one():
    dated = version("2", effective_from=date(2022, 1, 1))
    undated = version("3")
    catalogue = Catalogue([undated, dated])
    assert catalogue.keys_in_force(DAY) == {"telework@2"}
    assert catalogue.entry(undated, DAY).marks == ("Not yet in force: no date says from when",)
    assert catalogue.version_in_force("telework", DAY) == dated


def test_an_earlier_version_without_a_date_holds_until_the_first_that_has_one():
    undated = version("1")
    dated = version("2", effective_from=date(2022, 1, 1))
    catalogue = Catalogue([dated, undated])
    assert catalogue.keys_in_force(date(2021, 12, 31)) == {"telework@1"}
    assert catalogue.keys_in_force(DAY) == {"telework@2"}


def test_a_version_without_a_date_between_two_that_have_one_is_never_in_force():
    versions = [
        version("1", effective_from=date(2020, 1, 1)),
        version("2"),
        version("3", effective_from=date(2024, 1, 1)),
    ]
    catalogue = Catalogue(versions)
    assert catalogue.keys_in_force(date(2022, 1, 1)) == {"telework@1"}
    assert catalogue.force(versions[1], date(2022, 1, 1)) == "not yet in force"
    assert catalogue.entry(versions[1], DAY).marks == ("Superseded by version 3",)


def test_the_end_of_the_period_that_a_programme_covers_is_marked_and_does_not_silence_it():
    programme = version("2023", period_from=date(2023, 1, 1), period_to=date(2023, 12, 31))
    entry = Catalogue([programme]).entry(programme, DAY)
    assert entry.status == "in force"
    assert entry.marks == ("Its period ended on 31 December 2023",)


def test_every_version_of_a_sample_is_marked_as_one_beside_its_force():
    old = version("1", sample=True)
    new = version("2", sample=True, effective_from=date(2024, 9, 1))
    catalogue = Catalogue([old, new])
    assert catalogue.entry(new, DAY).marks == ("Sample policy",)
    assert catalogue.entry(old, DAY).marks == ("Sample policy", "Superseded by version 2")
    assert {catalogue.entry(one, DAY).status for one in (old, new)} == {"sample"}


def test_a_version_to_come_says_from_when():
    only = version("1", effective_from=date(2027, 7, 1))
    entry = Catalogue([only]).entry(only, DAY)
    assert entry.status == "not yet in force"
    assert entry.marks == ("Not yet in force: from 1 July 2027",)


def test_the_version_to_open_is_the_one_in_force_else_the_latest():
    to_come = version("2", effective_from=date(2027, 7, 1))
    catalogue = Catalogue([version("1"), to_come])
    assert catalogue.version_in_force("telework", DAY) == version("1")
    assert Catalogue([to_come]).version_in_force("telework", DAY) == to_come
    assert catalogue.version_in_force("unknown", DAY) is None


def test_a_version_is_newer_than_those_before_it_and_than_no_other_document():
    versions = [version(str(number)) for number in (9, 10)]
    catalogue = Catalogue([*versions, other("leave", version="11")])
    assert catalogue.is_newer(versions[1], versions[0])
    assert not catalogue.is_newer(versions[0], versions[1])
    assert not catalogue.is_newer(versions[0], versions[0])
    assert not catalogue.is_newer(other("leave", version="11"), versions[0])
