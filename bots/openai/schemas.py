"""The bodies that are sent to a program of OpenAI's protocol."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from assistant.writing.wire import Outcome


class UrlCitationBody(BaseModel):
    """Where a quote stands, and where its number stands in the content."""

    start_index: int = Field(description="Of `[1]` in the content, in Unicode code points.")
    end_index: int = Field(description="One past its last character.")
    title: str
    url: str


class AnnotationBody(BaseModel):
    """A citation as OpenAI's clients read it."""

    type: Literal["url_citation"]
    url_citation: UrlCitationBody


class CharterBody(BaseModel):
    """What Charter says of an answer and OpenAI's protocol has no key for."""

    receipt: str
    outcome: Outcome
    understood: str = Field(
        description="What a question that leans on the chat was understood as; else empty."
    )


class UsageBody(BaseModel):
    """Zeros: no language model reads or writes, so no tokens are used."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class AnswerBody(BaseModel):
    """The message that answers."""

    role: Literal["assistant"]
    content: str = Field(description="Markdown with `[1]` where citation 1 belongs, and footnotes.")
    refusal: None = None
    annotations: list[AnnotationBody]


class ChoiceBody(BaseModel):
    """The one answer."""

    index: Literal[0]
    message: AnswerBody
    finish_reason: Literal["stop"]
    logprobs: None = None


class CompletionBody(BaseModel):
    """A whole answer."""

    id: str = Field(description="`chatcmpl-` and the name of the receipt.")
    object: Literal["chat.completion"]
    created: int
    model: Literal["charter"]
    choices: list[ChoiceBody]
    usage: UsageBody
    charter: CharterBody


class DeltaBody(BaseModel):
    """What a piece adds to the message; what is not set is not sent."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[AnnotationBody] | None = None


class ChunkChoiceBody(BaseModel):
    """A piece of the one answer."""

    index: Literal[0]
    delta: DeltaBody
    finish_reason: Literal["stop"] | None


class ChunkBody(BaseModel):
    """A piece of an answer; what is not set is not sent."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: Literal["charter"]
    choices: list[ChunkChoiceBody]
    usage: UsageBody | None = None
    charter: CharterBody | None = None


class ModelBody(BaseModel):
    """What can be asked."""

    id: Literal["charter"] = "charter"
    object: Literal["model"] = "model"
    created: Literal[0] = Field(default=0, description="Charter is no model, and has no such day.")
    owned_by: Literal["charter"] = "charter"


class ModelsBody(BaseModel):
    """All that can be asked."""

    object: Literal["list"] = "list"
    data: list[ModelBody]


class ErrorDetailsBody(BaseModel):
    """What went wrong, in OpenAI's words."""

    message: str = Field(description="What failed, and what to do next.")
    type: Literal["invalid_request_error", "server_error"]
    param: str | None = Field(description="The key of the request that it is about.")
    code: str = Field(description="Its name on the page /problems, with underscores.")
    id: str = Field(description="Stands in the server’s log as well.")


class ErrorBody(BaseModel):
    """An error as OpenAI's clients read it."""

    error: ErrorDetailsBody
