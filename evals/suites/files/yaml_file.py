"""A suite as YAML: read by nodes, so that each case and key knows its line; written for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from corpus.errors import SuiteUnusable
from evals.suites.files import names
from evals.suites.files.entered import suite_of
from evals.suites.files.read import Entry, Problem, ReadSuite
from evals.suites.model import Case, Evidence, Suite

_WIDTH = 100
_DEFAULT = Case("", "")
_DEEPEST = 50  # levels; a suite has five


def read_yaml(data: bytes, name: str) -> ReadSuite:
    """Return the suite in a YAML file, with every problem.

    Args:
        data: the bytes of the file.
        name: of the suite, where the file gives none.

    Raises:
        SuiteUnusable: it is no YAML, or no mapping.
    """
    root = _root(data, name)
    about = _entry(root, "")
    faults = list(about.faults)
    nodes: list[yaml.Node] = []
    for key, value in root.value:
        if names.key_of(key.value, names.SUITE) == "cases":
            nodes += _items(value, faults)
    head = {
        key: value for key, value in about.said.items() if names.key_of(key, names.SUITE) != "cases"
    }
    entries = [_case_entry(node) for node in nodes]
    return suite_of(Entry(1, head, about.rows, tuple(faults)), entries, name=name, unit="line")


def yaml_of(suite: Suite) -> bytes:
    """Return a suite as YAML; what is as usual is left out."""
    about: dict[str, object] = {"suite": suite.name}
    if suite.owner:
        about["owner"] = suite.owner
    about["language"] = suite.language
    if suite.review_by:
        about["review_by"] = suite.review_by
    about["target"] = suite.target
    about["cases"] = [_written(case) for case in suite.cases]
    text: bytes = yaml.dump(
        about,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        encoding="utf-8",
    )
    return text


def _written(case: Case) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": case.id,
        "question": case.question,
        "other_wordings": list(case.wordings),
        "expected": case.expected,
        "must_say": list(case.must_say),
        "nice_to_say": list(case.nice_to_say),
        "must_not_say": list(case.must_not_say),
        "evidence": [_place_written(one) for one in case.evidence],
        "why": case.why,
        "importance": case.importance if case.importance != _DEFAULT.importance else None,
        "state": case.state if case.state != _DEFAULT.state else None,
        "tags": list(case.tags),
        "notes": case.notes,
        "as_of": case.as_of,
        "without": [_section_written(one) for one in case.without],
        "more": dict(case.more),
    }
    return {key: value for key, value in fields.items() if value}


def _place_written(one: Evidence) -> dict[str, str]:
    return {key: text for key in names.PLACES if (text := getattr(one, key))}


def _section_written(one: Evidence) -> dict[str, str]:
    return {key: text for key in names.SECTION if (text := getattr(one, key))}


class _Dumper(yaml.SafeDumper):
    """Writes dates and numbers as they are, long texts as blocks, lists below their key."""

    def text(self, text: str) -> yaml.ScalarNode:
        """Represent a text, several lines as several lines."""
        style = "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  PyYAML's own signature
        """Set the items of a list in, as people do."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  the same
        """Write what is equal twice in full."""
        return True


_Dumper.add_representer(str, _Dumper.text)


class _Loader(yaml.SafeLoader):
    """Composes nodes, without anchors, by which a small file can stand for a huge one."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node."""
        if self.check_event(yaml.AliasEvent):
            raise self.refusal("an alias (*name) stands here; write it out")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.refusal("this is nested too deep")
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def refusal(self, problem: str) -> yaml.MarkedYAMLError:
        """Return an error with the place that was reached."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # as published
        return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _root(data: bytes, name: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(data, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        said = ", ".join(filter(None, (error.context, error.problem)))
        raise SuiteUnusable(
            f"The suite “{name}” is no YAML that can be read: {line}{said}.",
            "Look at that line and the one before: quotes, colons and the spaces in front.",
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SuiteUnusable(
            f"The suite “{name}” is no YAML that can be read: it is not UTF-8 text, or holds "
            "characters that cannot be shown.",
            "Save it as UTF-8 text.",
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise SuiteUnusable(
            f"The file of “{name}” holds no suite: it needs “suite:” and “cases:”.",
            "`charter eval template FILE.yaml` writes one to start from.",
        )
    return root


def _items(value: yaml.Node, faults: list[Problem]) -> list[yaml.Node]:
    if isinstance(value, yaml.SequenceNode):
        return list(value.value)
    if _plain(value) not in (None, ""):
        faults.append(Problem(_line(value), "", "“cases” is no list; begin each case with “- ”"))
    return []


def _case_entry(node: yaml.Node) -> Entry:
    if isinstance(node, yaml.MappingNode):
        return _entry(node, _id_of(node))
    text = str(_plain(node))[:40]
    reason = f"“{text}” is no case; write “- question: …”"
    return Entry(_line(node), {}, {}, (Problem(_line(node), "", reason),))


def _id_of(node: yaml.MappingNode) -> str:
    return next(
        (str(value.value) for key, value in node.value if names.spelled(str(key.value)) == "id"), ""
    )


def _entry(node: yaml.MappingNode, case: str) -> Entry:
    """Return what a mapping says, with the line of each key."""
    said: dict[str, object] = {}
    rows: dict[str, int] = {}
    faults = list(_doubled(node, case))
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        said.setdefault(name, _plain(value))
        rows.setdefault(name, _line(key))
    return Entry(_line(node), said, rows, tuple(faults))


def _doubled(node: yaml.Node, case: str) -> Iterator[Problem]:
    """Find keys that stand twice in one mapping, anywhere below a node; cases see to their own."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled(item, case)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                reason = f"“{name}” stands twice, first at line {seen[name]}; keep one of them"
                yield Problem(_line(key), case, reason)
            seen.setdefault(name, _line(key))
            if names.key_of(name, names.SUITE) != "cases":
                yield from _doubled(value, case)


def _plain(node: yaml.Node) -> object:
    """Return a node's texts as they are written: "no" is a word, 2026-01-31 is one too."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one) for one in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
