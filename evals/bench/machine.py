"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import psutil

MB = 2**20


def describe() -> dict[str, str | int | float]:
    """CPU, cores, memory, Python."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "memory_mb": psutil.virtual_memory().total // MB,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def held(pid: int) -> tuple[float, float]:
    """What a process and its children hold: seconds of CPU time so far, and resident memory in MB."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    seconds = sum(sum(member.cpu_times()[:2]) for member in family)
    return seconds, sum(member.memory_info().rss for member in family) / MB


class Others:
    """How many cores other processes took, from one look to the next."""

    def __init__(self) -> None:
        self._seen = _seconds()

    def cores(self) -> float:
        """The cores that neither idled nor worked for this bench since the last look."""
        before, self._seen = self._seen, _seconds()
        wall, busy, own = (now - then for now, then in zip(self._seen, before, strict=True))
        return round(max(busy - own, 0.0) / max(wall, 1e-6), 2)


def _seconds() -> tuple[float, float, float]:
    """Seconds by the clock, of all cores' work, and of this process's and its ended children's work."""
    all_cores = psutil.cpu_times()
    idle = all_cores.idle + getattr(all_cores, "iowait", 0.0)
    guests = getattr(all_cores, "guest", 0.0) + getattr(all_cores, "guest_nice", 0.0)  # counted in user already
    own = os.times()
    return time.monotonic(), sum(all_cores) - idle - guests, sum(own[:4])


def footprint() -> tuple[float, float]:
    """The peak and the present resident memory of this process, in MB."""
    resident = psutil.Process().memory_info().rss / MB
    status = Path("/proc/self/status")
    if not status.exists():
        return resident, resident
    # getrusage would count what the parent held when it forked.
    lines = status.read_text(encoding="utf-8").splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return max(peak * 1024 / MB, resident), resident


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return name or platform.processor() or platform.machine()
