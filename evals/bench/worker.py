"""`python -m evals.bench.worker TASK ARGUMENTS RESULT`: one measure in a process of its own."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

TASKS = {
    "corpus": "evals.bench.corpus:export",
    "sample_home": "evals.bench.corpus:sample_home",
    "index": "evals.bench.ours:build",
    "search": "evals.bench.ours:search",
    "tenfold": "evals.bench.tenfold:fill",
    "reindex": "evals.bench.ours:reindex",
    "check": "evals.bench.catalogue:check",
    "places": "evals.bench.catalogue:look_up",
    "clients": "evals.bench.clients:run",
    "chats": "evals.bench.chat_clients:run",
    "forms": "evals.bench.forms:run",
    "agent_rules": "evals.bench.agent_clients:rules",
    "agent_beside": "evals.bench.agent_clients:beside",
    "agent_mixed": "evals.bench.agent_clients:mixed",
    "langchain": "evals.bench.baselines:langchain",
    "bm25": "evals.bench.baselines:bm25",
}
"""Where each task lives; imported only when it runs, so that nobody pays for another's libraries."""


def main() -> None:
    """Run one task and leave what it measured in a file: libraries may print as they like."""
    name, arguments, result = sys.argv[1:]
    module, function = TASKS[name].split(":")
    measured = getattr(importlib.import_module(module), function)(**json.loads(arguments))
    Path(result).write_text(json.dumps(measured, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
