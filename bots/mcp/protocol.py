"""The Model Context Protocol, by its own SDK: the one place that imports it.

The protocol is asynchronous; a tool runs in a thread of its own, as a route does.
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, TypeVar

import anyio
import mcp_types as types
from anyio.to_thread import run_sync
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.types import Receive, Scope, Send

from bots import problems
from bots.mcp.resources import Resource, Resources
from bots.mcp.tools import Told, Tool, Tools
from bots.mcp.words import INSTRUCTIONS
from corpus.errors import CharterError

T = TypeVar("T")

_LONGEST_LINE = 4 * 1024 * 1024  # bytes of one message on stdin; the SDK's own bound over HTTP
# looking changes nothing, may be done again, and reaches nothing but the documents
_LOOKS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def serve_stdio(tools: Tools) -> None:
    """Answer on stdin and stdout until stdin ends or the process is told to stop."""
    anyio.run(_serve_stdio, tools)


async def serve_request(tools: Tools, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one HTTP request; it has all that is needed, and nothing is kept for the next."""
    # the gate has checked Host and Origin
    manager = StreamableHTTPSessionManager(
        build_server(tools), json_response=True, stateless=True, security_settings=None
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)


def build_server(tools: Tools) -> Server[Any]:
    """Return the SDK's server with our tools and documents."""
    by_name = {tool.name: tool for tool in tools.all()}
    resources = Resources(tools.assistant, tools.groups)

    async def list_tools(_: object, __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_offered(tool) for tool in by_name.values()])

    async def call_tool(_: object, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            there = ", ".join(by_name)
            raise MCPError(
                types.INVALID_PARAMS, f"There is no tool “{params.name}”. There is {there}."
            )
        return _result(await run_sync(tools.call, tool, params.arguments or {}))

    async def list_resources(_: object, __: object) -> types.ListResourcesResult:
        listed = await run_sync(_told_plainly, resources.all)
        return types.ListResourcesResult(resources=[_listed(one) for one in listed])

    async def read_resource(
        _: object, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        text = await run_sync(_told_plainly, partial(resources.read, uri))
        content = types.TextResourceContents(uri=uri, text=text, mime_type="text/plain")
        return types.ReadResourceResult(contents=[content])

    return Server(
        "charter",
        title="Charter",
        version=version("charter"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_read_resource=read_resource,
    )


async def _serve_stdio(tools: Tools) -> None:
    server = build_server(tools)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_stop_when_told, tasks.cancel_scope)
        # meanwhile the SDK leads whatever else is written to stdout to stderr
        async with stdio_server(stdin=await _stdin()) as (read, write):
            await server.run(read, write, server.create_initialization_options())
        tasks.cancel_scope.cancel()


async def _stop_when_told(scope: anyio.CancelScope) -> None:
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for _ in signals:
            scope.cancel()
            return


async def _stdin() -> Any:
    """Return the lines of stdin in a form whose reading can be given up.

    The SDK reads in a thread, which nothing ends before the next line: a process that is told to
    stop would wait for one. What always has its next line, as a file or /dev/null, is left to it.
    """
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or sys.stdin.isatty()):
        return None
    reader = asyncio.StreamReader(limit=_LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    )
    return reader


def _offered(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=_LOOKS,
    )


def _result(told: Told) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=told.text)],
        structured_content=told.data.model_dump(mode="json") if told.data else None,
        is_error=told.data is None,
    )


def _listed(one: Resource) -> types.Resource:
    return types.Resource(
        uri=one.uri,
        name=one.name,
        title=one.title,
        description=one.description,
        mime_type="text/plain",
    )


def _told_plainly(look: Callable[[], T]) -> T:
    """Turn what goes wrong into an error of the protocol, in words and with the log's id."""
    try:
        return look()
    except CharterError as error:
        raise _mcp_error(problems.told(error)) from error
    except Exception as error:  # the outermost loop of a request
        raise _mcp_error(problems.unexpected(error)) from error


def _mcp_error(problem: problems.Problem) -> MCPError:
    at_fault = problem.kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    code = types.INTERNAL_ERROR if at_fault else types.INVALID_PARAMS
    return MCPError(code, f"{problem.detail} (error {problem.id})")
