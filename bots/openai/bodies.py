"""What a program of OpenAI's protocol sends, as far as Charter takes it.

Keys that only tune a language model (temperature, max_tokens, stop, seed …) change nothing in a
quote and are passed over, as is every key that is not named here. What would change the form of
the response, and is not kept, is refused.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, field_validator, model_validator

ROLES = Literal["system", "developer", "user", "assistant", "tool", "function"]


class Part(BaseModel):
    """A part of a message; Charter reads those of the type “text”."""

    type: str
    text: str = ""


class Message(BaseModel):
    """One message of a chat. Charter reads those of the role “user”."""

    role: ROLES = Field(
        description="`user` asks. Instructions (`system`, `developer`) are not followed: the words "
        "of an answer are the documents’ own. Answers are read again from the documents."
    )
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """What stands in it as text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""

    @property
    def kinds(self) -> frozenset[str]:
        """The types of its parts."""
        parts = self.content if isinstance(self.content, list) else ()
        return frozenset(part.type for part in parts)


class StreamOptions(BaseModel):
    """What a stream carries besides."""

    include_usage: bool | None = None


class ResponseFormat(BaseModel):
    """The form that a response is to have."""

    type: str


class ChatBody(BaseModel):
    """A chat whose last message of the role `user` is the question."""

    model: str = Field(description="`charter`.", examples=["charter"])
    messages: list[Message] = Field(
        description="The whole conversation; a question may lean on those before it."
    )
    stream: bool | None = Field(None, description="Send the answer line by line as events.")
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, description="1: there is one answer.")
    logprobs: bool | None = Field(None, description="Only `false`.")
    modalities: list[str] | None = Field(None, description="Only `text`.")
    response_format: ResponseFormat | None = Field(None, description="Only the type `text`.")
    tool_choice: object = Field(None, description="Only `auto` and `none`: no tool is called.")
    function_call: object = Field(None, description="The same in its older form.")

    @field_validator("n")
    @classmethod
    def _one(cls, n: int | None) -> int | None:
        if n not in {None, 1}:
            raise ValueError("Charter gives one answer to a question; leave this out.")
        return n

    @field_validator("logprobs")
    @classmethod
    def _no_probabilities(cls, logprobs: bool | None) -> bool | None:  # noqa: FBT001  pydantic passes it by place
        if logprobs:
            raise ValueError("no model makes the words, so they have no probabilities.")
        return logprobs

    @field_validator("modalities")
    @classmethod
    def _text_alone(cls, modalities: list[str] | None) -> list[str] | None:
        if set(modalities or ()) - {"text"}:
            raise ValueError("Charter answers in text alone.")
        return modalities

    @field_validator("response_format")
    @classmethod
    def _markdown(cls, response_format: ResponseFormat | None) -> ResponseFormat | None:
        if response_format and response_format.type != "text":
            raise ValueError("Charter answers in Markdown; POST /v1/ask answers in JSON.")
        return response_format

    @model_validator(mode="after")
    def _no_tools(self) -> Self:
        for choice in (self.tool_choice, self.function_call):
            if choice not in (None, "auto", "none"):
                raise ValueError("Charter calls no tools; leave tool_choice and function_call out.")
        return self
