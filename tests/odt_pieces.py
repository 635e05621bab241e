"""Pieces of OpenDocument texts, for the tests."""

from office_files import odt
from reading import read

OUTLINE = (
    "<text:outline-style>"
    '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style>"
)
LISTS = (
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/>'
    '<text:list-level-style-bullet text:level="2"/></text:list-style>'
    '<text:list-style style:name="N">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-prefix="("'
    ' style:num-suffix=")"/></text:list-style>'
)


def p(text, style="Standard"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text, level=1, more=""):
    return f'<text:h text:outline-level="{level}"{more}>{text}</text:h>'


def item(*inside):
    return f"<text:list-item>{''.join(inside)}</text:list-item>"


def items(style, *inside, more=""):
    return f'<text:list text:style-name="{style}"{more}>{"".join(inside)}</text:list>'


def style(name, family="paragraph", inside="", parent=""):
    return (
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}">{inside}</style:style>'
    )


def document(body, **parts):
    return read(odt(body, **parts), name="x.odt")
