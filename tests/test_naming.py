"""Documents that a question names: looked up, and the same as comparing with each would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.question.naming import names_in, naming_in
from corpus.model import Metadata, document_key
from indexing.keywords import tokens

WORDS = ("telework", "leave", "policy", "travel", "UNOG", "union", "guide", "staff")
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


def described(number: int, title: str, organisation: str = "") -> Metadata:
    return Metadata(id=f"d{number}", title=title, organisation=organisation)


@given(st.lists(st.tuples(texts, texts), max_size=6), texts)
def test_what_is_looked_up_is_what_comparing_with_every_document_finds(
    documents: list[tuple[str, str]], question: str
) -> None:
    catalogue = [described(place, *one) for place, one in enumerate(documents)]
    naming = naming_in(catalogue)
    stems = set(tokens(question))
    names = stems & naming.bodies
    keys, only = set[str](), set[str]()
    for one in catalogue:
        title, body = set(tokens(one.title)), names & set(tokens(one.organisation))
        if body or (title and title <= stems):
            keys.add(document_key(one.id, one.version))
        if body:
            only |= body | title
    found = naming.named_in(stems, names)
    assert (found.keys, found.naming) == (frozenset(keys), frozenset(only))


def test_a_whole_title_names_its_document_and_is_still_the_subject() -> None:
    naming = naming_in([described(1, "Telework policy"), described(2, "Telework guide")])
    found = naming.named_in(set(tokens("what does the telework policy allow")), set())
    assert (found.keys, found.naming) == (frozenset({"d1@1"}), frozenset())


def test_the_subject_of_a_title_is_what_is_left_without_the_words_that_many_share() -> None:
    titles = (
        "Policy on annual leave",
        "Policy on home leave",
        "Policy on travel",
        "Policy on sick leave",
    )
    naming = naming_in([described(place, title) for place, title in enumerate(titles)])

    def about(question: str) -> set[str]:
        return set(naming.named_in(set(tokens(question)), set()).about)

    assert about("how much annual leave am I entitled to") == {"d0@1"}
    assert about("who pays for travel home") == {"d1@1", "d2@1"}
    assert about("what does the policy say") == set()


def test_the_short_name_of_a_body_names_all_its_documents() -> None:
    naming = naming_in([described(1, "Leave", "UNOG union"), described(2, "Travel", "UNOG union")])
    names = set(tokens("unog")) & naming.bodies
    found = naming.named_in({*names, "leav"}, names)
    assert found.keys == {"d1@1", "d2@1"}
    assert set(tokens("unog leave travel")) <= found.naming


def test_a_word_of_a_heading_in_capitals_is_no_name() -> None:
    assert names_in("Rule 4 COMPLIANCE of the FSRA and of AIDS") == {"fsra", *tokens("AIDS")}
