"""What the register of the shipped documents holds, as far as reading a question needs it."""

from __future__ import annotations

from datetime import date

from questions import ILO, WTO

from assistant.register.model import Value, Values

WTO_TITLE = "WTO Secretariat People Strategy 2024–2027"
ILO_TITLE = "ILO Staff Union Programme and Strategy for the Year 2023"
WTO_BODY = "World Trade Organization (WTO) Secretariat"
ILO_BODY = "ILO Staff Union (International Labour Organization)"
_OWNER = "Human Resources Division (HRD), WTO Secretariat"
_WTO_SAID = f"{WTO_BODY} {_OWNER} {WTO_TITLE}"


def _value(name: str, count: int, *spellings: str, key: str = "") -> Value:
    return Value(key or name, name, (name, *spellings), count)


VALUES = Values(
    leads=(
        _value("Staff Development & Learning", 8, "SDL"),
        _value("Policy and Social Security", 6, "Policy & Social Security"),
        _value("HR Staffing", 5),
        _value("HRD all", 5, "HRD - all"),
        _value("HR Operations", 2),
        _value("Medical services", 2, "Medical Services"),
        _value("OIO", 1, "Office of Internal Oversight"),
    ),
    themes=tuple(
        _value(name, count)
        for name, count in (
            ("Skilling and promoting staff members' development to deliver on the Strategy", 5),
            ("Leveraging data driven HR decision-making and process optimization", 3),
            ("Support to ILO staff in conflict prevention and resolution", 3),
            ("Membership, representation and training", 5),
            ("Comprehensive social protection", 3),
            ("Job security › Recruitment and selection", 4),
            ("Training policy", 2),
        )
    ),
    documents=(
        _value(ILO_TITLE, 49, ILO, ILO_BODY, key=ILO),
        _value(WTO_TITLE, 38, WTO, WTO_BODY, key=WTO),
    ),
    bodies=(
        _value(ILO_BODY, 49, f"{ILO_BODY} {ILO_BODY} ILO Staff Union {ILO_TITLE}"),
        _value(WTO_BODY, 27, f"{WTO_BODY} {_WTO_SAID}"),
        _value("Staff Council", 11, f"Staff Council {_WTO_SAID}"),
    ),
    first=date(2024, 3, 31),
    last=date(2024, 12, 31),
)
