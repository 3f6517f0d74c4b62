"""Runs rounds, one after the other, until told to stop."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

# The longest pause after failures.
MAX_PAUSE_SECONDS = 300.0


@dataclass
class State:
    """What probes and metrics tell. Written by the loop, read by the server."""

    succeeded: int = 0
    failed: int = 0
    failures_in_a_row: int = 0
    seconds: float = 0.0
    last_success: float | None = None
    last_round: float = field(default_factory=time.monotonic)
    stopping: bool = False


class Loop:
    """Calls `work` every `interval` seconds; later and later while it fails."""

    def __init__(self, work: Callable[[], None], interval: float) -> None:
        self.state = State()
        self.interval = interval
        self._work = work
        self._stop = threading.Event()

    def run(self) -> None:
        """Returns when it was told to stop and the round in hand is over."""
        while not self._stop.is_set():
            self._round()
            self._stop.wait(self.pause())

    def stop(self) -> None:
        self.state.stopping = True
        self._stop.set()

    def pause(self) -> float:
        """Seconds until the next round."""
        doublings = min(self.state.failures_in_a_row, 16)
        return min(self.interval * 2**doublings, max(MAX_PAUSE_SECONDS, self.interval))

    def is_ready(self) -> bool:
        """Work is being done: a round has succeeded, and none has failed since."""
        state = self.state
        return not state.stopping and state.succeeded > 0 and state.failures_in_a_row == 0

    def is_alive(self, longest_round: float) -> bool:
        """No round has been running, or overdue, for longer than one may take."""
        return time.monotonic() - self.state.last_round < self.pause() + longest_round

    def _round(self) -> None:
        state = self.state
        started = time.monotonic()
        try:
            self._work()
        except Exception:  # A round that fails must not end the worker: it is counted and tried again.
            state.failed += 1
            state.failures_in_a_row += 1
            log.exception("round failed")
        else:
            state.succeeded += 1
            state.failures_in_a_row = 0
            state.last_success = time.time()
        finally:
            state.last_round = time.monotonic()
            state.seconds += state.last_round - started
