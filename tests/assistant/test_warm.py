"""What a process does before the first citizens come."""

from __future__ import annotations

from dataclasses import replace

from assistant.warm import warm
from tests.assistant.agent import with_model
from tests.model_server import ModelServer, StillTime


def test_no_model_is_asked_before_anybody_comes(shipped):
    with ModelServer() as server:
        worded = replace(with_model(shipped, server.models(clock=StillTime().clock())), waiting=8)
        warm(worded)

        assert server.requests == []


def test_what_cannot_be_warmed_stops_no_server(shipped, caplog):
    def broken(draft):
        raise RuntimeError("no step runs")

    warm(replace(shipped, run=broken))

    assert [record.message for record in caplog.records if record.name == "assistant.warm"] == ["not warmed"]
