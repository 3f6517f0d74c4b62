"""The work itself. This is the file to begin with."""

import logging

log = logging.getLogger(__name__)


def work() -> None:
    """Does one round: take what is due, finish it, return.

    Raise to have the round counted as failed and tried again after a pause
    that grows. A round may be cut short when the process has to stop, so
    leave nothing half done that the next round can't pick up.
    """
    log.info("round done")
