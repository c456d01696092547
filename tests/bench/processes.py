"""What running programs have used: processor time and memory of whole families of processes."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
LOOPS = 600_000


def status(pid: int) -> tuple[int, int]:
    """The parent of a process, and the ticks that it and its ended children have used."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(words[1]), sum(int(words[at]) for at in range(11, 15))


def family(roots: Iterable[int]) -> set[int]:
    """The processes and all that they have started and that still run."""
    parents = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                parents[int(path.name)] = status(int(path.name))[0]
    found: set[int] = set()
    new = set(roots)
    while new:
        found |= new
        new = {pid for pid, parent in parents.items() if parent in found} - found
    return found


def cpu_ms(roots: Iterable[int]) -> float:
    """Milliseconds of processor time that a family has used so far."""
    used = 0
    for pid in family(roots):
        with suppress(OSError):
            used += status(pid)[1]
    return used * 1000 / TICK


def memory_mb(roots: Iterable[int]) -> float:
    """Megabytes that a family holds; what several share counts once (PSS)."""
    kilobytes = 0
    for pid in family(roots):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(kilobytes / 1024, 1)


def start_peak(roots: Iterable[int]) -> float:
    """Begin to note the peak of a family's memory; gives the megabytes of now."""
    for pid in family(roots):
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
    return peak_mb(roots)


def peak_mb(roots: Iterable[int]) -> float:
    """Megabytes that each process of a family held at its peak, added up."""
    kilobytes = 0
    for pid in family(roots):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return kilobytes / 1024


def pace() -> float:
    """Milliseconds that a fixed loop takes: how fast this machine is just now."""
    start, value = time.process_time(), 1
    for number in range(LOOPS):
        value = (value * 33 + number) & 0xFFFFFF
    return (time.process_time() - start) * 1000
