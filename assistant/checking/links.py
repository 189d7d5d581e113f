"""Links travel through a model as tokens, so that it can neither change one nor make one up."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.marks import TOKEN
from assistant.draft import Finding
from knowledge.competence import competence


def link_tokens(finding: Finding) -> dict[str, str]:
    """The links that an answer may hold, by the token that stands for each: `[[url:1]]`, in a fixed order."""
    urls = dict.fromkeys(url for url in _urls(finding) if url)
    return {f"[[url:{number}]]": url for number, url in enumerate(urls, start=1)}


def with_links(text: str, finding: Finding) -> str:
    """The text with every known token as its link; unknown ones are left for the check to find."""
    links = link_tokens(finding)
    return TOKEN.sub(lambda match: links.get(f"[[url:{match.group(1)}]]", match.group()), text)


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
