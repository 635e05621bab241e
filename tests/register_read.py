"""The commitments of the shipped documents, read by a person: what each is called in the tests.

The name stands for the row or item that begins with the words beside it. Of the programme only
those are here that some question asks for by themselves.
"""

from __future__ import annotations

HELD = 87  # 26 rows of the workplan and a torn one, 11 items of its annex, 49 of the programme
OF_WORKPLAN, OF_COUNCIL, OF_UNION = 27, 11, 49
ROWS = {
    "mapping": "Undertake skills-based talent mapping",
    "recruitment": "Develop and implement a new recruitment policy",
    "selection": "Manage fixed- and short-term recruitment processes",
    "culture": "Instil a culture and mindset of continuous learning",
    "training": "Increase participation in training and compliance",
    "torn": "post-",
    "transfer": "Increase transfer of learning back into the workplace",
    "leadership": "Further leadership capability",
    "inventory": "Develop an inventory of functional skills",
    "workday": "Optimize Workday",
    "digital": "Apply digital technologies in People Management",
    "authority": "Develop an HR Delegations of Authority Framework",
    "compendium": "Develop a compendium of HR policies",
    "literacy": "Enhance policy literacy",
    "benefits": "Ensure accurate and consistent administration of staff benefits",
    "procedures": "Develop a set of HR Standard Operating Procedures",
    "programmes": "Implementation of benefits programmes",
    "diversity": "Proactively encourage diversity in selection decisions",
    "gender": "Review and implement recommendations in the",
    "inclusion": "Roll out learning initiatives to promote inclusion",
    "outreach": "Enhance outreach activities",
    "welfare": "Ensure the physical and psychosocial welfare of staff",
    "cover": "Update rules and processes related to social security cover",
    "safety": "Ensure optimal OH&S provisions",
    "performance": "Strengthen performance management in the WTO",
    "appraisal": "Introduce 360",
    "issues": "Effectively address workplace issues",
}
COUNCIL = {
    "values": "Promote a culture of shared values",
    "assistance": "Assist individual staff members",
    "participation": "Continue to promote staff participation",
    "transformation": "Contribute to the transformation of the WTO Secretariat",
    "salaries": "Work to ensure that WTO salaries",
    "pension": "Work with colleagues in the Pension Fund",
    "classification": "Work with Human Resources",
    "review": "Work closely with the Administration",
    "proposals": "Formulate proposals to the Administration",
    "budget": "Support the Administration's effort",
    "environment": "Contribute, through participation",
}
UNION = {
    "negotiations": "Finalise ongoing negotiations",
    "mobility": "Participate in the development of proposals to improve",
    "priorities": "To frame the priorities to be implemented",
    "conflict": "Promote in particular provisions for conflict prevention",
    "fund": "Ensure the application of the Health Fund",
    "services": "Continue discussions with the administration",
    "awareness": "Increase staff awareness and involvement in health insurance",
    "representation": "Work towards union representation in all departments",
    "sessions": "Provide monthly information sessions",
    "events": "Mobilise at union events",
    "trainees": "Engage and mobilise the Trainees",
    "alumni": "Maintain and strengthen links with the Alumni",
}
OPENINGS = {**ROWS, **COUNCIL, **UNION}
# what has a last day, by the quarter that it falls into; the year 2024 ends with its last
Q1 = "recruitment training authority cover appraisal".split()
Q2 = "mapping compendium".split()
Q3 = ["leadership"]
Q4 = "inventory workday procedures programmes diversity safety performance".split()
DATED = [*Q1, *Q2, *Q3, *Q4]
# "Ongoing Q4, 2024" of the safety provisions is both
ONGOING = (
    "selection culture torn transfer digital literacy benefits gender inclusion outreach welfare "
    "safety issues"
).split()
PER_TEAM = {
    "Staff Development & Learning": 8,
    "Policy and Social Security": 6,
    "HR Staffing": 5,
    "HRD all": 5,
    "HR Operations": 2,
    "Medical services": 2,
    "OIO": 1,
}
