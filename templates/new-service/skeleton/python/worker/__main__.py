"""Starts the worker: `python -m worker`."""

import json
import logging
import os
import signal
import sys
import threading
import time

from worker.loop import Loop
from worker.server import create_server
from worker.work import work


class JsonFormatter(logging.Formatter):
    """One JSON object a line, which log collectors take apart."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def main() -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])

    loop = Loop(work, interval=float(os.environ.get("INTERVAL_SECONDS", "10")))
    server = create_server(
        loop,
        port=int(os.environ.get("PORT", "8080")),
        longest_round=float(os.environ.get("LONGEST_ROUND_SECONDS", "60")),
    )
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()
    logging.info("listening on port %d", server.server_address[1])

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()
    server.shutdown()
    logging.info("stopped")


if __name__ == "__main__":
    main()
