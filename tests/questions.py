"""Questions to the shipped documents, with what a careful colleague would quote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.reply import Answer, Reply
from assistant.settings import load_settings
from assistant.wiring import build_assistant, index_corpus
from indexing.progress import SilentProgress

DAY = date(2026, 11, 22)
WTO = "wto-people-strategy-2024-2027"
ILO = "ilo-staff-union-programme-2023"


@dataclass(frozen=True)
class Case:
    """A question with what its answer quotes, in this order."""

    question: str
    document: str
    quotes: tuple[str, ...]


ANSWERED = [
    # rows of the workplan's tables
    Case(
        "Who leads the HR Delegations of Authority Framework, and by when?",
        WTO,
        (
            "Develop an HR Delegations of Authority Framework",
            "Policy and Social Security",
            "Q1, 2024",
        ),
    ),
    Case(
        "When will the 360-degree appraisal of Directors be introduced?",
        WTO,
        ("Introduce 360-degree appraisal of Directors", "Q1, 2024"),
    ),
    Case(
        "Which team is responsible for the HR standard operating procedures?",
        WTO,
        ("HR Operations", "2024"),
    ),
    Case("By when will the compendium of HR policies be ready?", WTO, ("Q2, 2024",)),
    Case(
        "Who leads work on the mental health strategy?",
        WTO,
        ("Medical Services", "Develop Mental Health Strategy"),
    ),
    # whole lists
    Case(
        "What are the strategic priorities of the Staff Council?",
        WTO,
        (
            "Promote a culture of shared values",
            "Assist individual staff members",
            "Continue to promote staff participation",
            "Contribute to the transformation",
            "Work to ensure that WTO salaries",
            "Work with colleagues in the Pension Fund",
            "Work with Human Resources",
            "Work closely with the Administration",
            "Formulate proposals",
            "Support the Administration's effort",
            "Contribute, through participation in the Staff Support Network",
        ),
    ),
    Case(
        "What are the eight strategic directions for people management?",
        WTO,
        (
            "Establishing effective",
            "Skilling and promoting",
            "Leveraging data",
            "Designing and upholding",
            "Ensuring that benefits",
            "Positioning the Secretariat",
            "Ensuring the wellbeing",
            "Strengthening the Secretariat",
        ),
    ),
    Case(
        "What are the plans for comprehensive social protection?",
        ILO,
        ("Ensure the application of the Health Fund", "Continue discussions", "Increase staff"),
    ),
    Case(
        "What will the ILO Staff Union do on membership, representation and training?",
        ILO,
        (
            "Work towards union representation",
            "Provide monthly information sessions",
            "Mobilise at union events",
            "Engage and mobilise the Trainees",
            "Maintain and strengthen links with the Alumni",
        ),
    ),
    # single sentences and items
    Case("How many members does the Staff Council have?", WTO, ("composed of 15 staff members",)),
    Case("What are the plans for Phase II of Workday?", WTO, ("Phase II of Workday",)),
    Case(
        "What is the role of the Medical Insurance Management Committee?",
        WTO,
        ("Medical Insurance Management Committee (MIMC)",),
    ),
    Case(
        "How many regional meetings will the union organise, and where?",
        ILO,
        ("two regional meetings in Asia and Europe & Arab States",),
    ),
    Case(
        "Who does the union work with for the inclusion of LGBTIQ+ colleagues?",
        ILO,
        ("UNGLOBE coordinators",),
    ),
    Case("What training is provided to trade union representatives?", ILO, ("bi-annual training",)),
    Case("What does the union say about disability inclusion?", ILO, ("disability inclusion",)),
    Case(
        "What does the union do about the mobility policy?", ILO, ("mobility and contract policy",)
    ),
]
UNANSWERED = [
    # not in the documents
    "How many days of paternity leave do WTO staff get?",
    "What is the salary scale for grade P-4 at the WTO?",
    "What is the annual membership fee of the Staff Union?",
    "Does the union have a strike fund?",
    "Can I take a sabbatical?",
    "May I bring my dog to the office?",
    "What is the capital of France?",
    # a wrong premise: another year, another body, an event that never was
    "Who leads the HR Delegations of Authority Framework in 2026?",
    "What does the ILO union say about the Workday system?",
    "Why did the Secretariat abolish the Staff Council in 2025?",
    "When does the ILO move its headquarters to Lyon?",
    # another body's matter, in either case, and another version
    "What does the ILO say about the delegations of authority framework?",
    "what does the ilo say about the delegations of authority framework?",
]
CONTRADICTED = "How many unused days of annual leave can I carry over?"
EVERY = [*(case.question for case in ANSWERED), *UNANSWERED, CONTRADICTED]


def quotes_of(reply: Reply) -> str:
    assert isinstance(reply, Answer)
    return "\n".join(citation.quote for citation in reply.citations)


def ask_own(tmp_path: Path, files: dict[str, str], question: str, **asked: date) -> Reply:
    corpus = tmp_path / "documents"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, "utf-8")
    settings = load_settings(home=tmp_path / "home", corpus=corpus)
    index_corpus(settings, SilentProgress())
    assistant = replace(build_assistant(settings), today=lambda: DAY)
    try:
        return assistant.ask(question, **asked)
    finally:
        assistant.close()
