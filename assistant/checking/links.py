"""Links travel through a model as tokens, so that it can neither change one nor make one up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.checking.marks import TOKEN
from assistant.draft import Finding
from knowledge.competence import competence

_URL = re.compile(r"https?://[^\s»)]+")
NO_LINK = "[[url:0]]"
"""Stands for no link, so that the check finds it wherever it is left."""


def link_tokens(finding: Finding) -> dict[str, str]:
    """The links that an answer may hold, by the token that stands for each: `[[url:1]]`, in a fixed order."""
    return numbered(_urls(finding))


def numbered(urls: Iterable[str]) -> dict[str, str]:
    """These links by their tokens; each once, in the order given."""
    return {f"[[url:{number}]]": url for number, url in enumerate(dict.fromkeys(filter(None, urls)), start=1)}


def links_in(text: str) -> list[str]:
    """The links that stand in a text."""
    return _URL.findall(text)


def with_tokens(text: str, links: Mapping[str, str]) -> str:
    """The text with every link as its token."""
    tokens = {url: token for token, url in links.items()}
    return _URL.sub(lambda match: tokens.get(match.group(), NO_LINK), text)


def with_links(text: str, links: Mapping[str, str]) -> str:
    """The text with every token as its link; one that stands for none is left for the check to find."""
    return TOKEN.sub(lambda match: links.get(f"[[url:{match.group(1)}]]", NO_LINK), text)


def _urls(finding: Finding) -> Iterator[str]:
    told = [finding.procedure, *finding.choices, *finding.others, *(entry.procedure for entry in finding.steps)]
    for procedure in filter(None, told):
        yield from (source.url for source in procedure.sources)
        yield from (form.url for form in procedure.forms)
        only = competence(procedure).online_only
        yield only.url if only else ""
    mention = finding.whereabouts.mention
    for unit in filter(None, (finding.unit, *((match.unit for match in mention.matches) if mention else ()))):
        yield unit.office.map_url
