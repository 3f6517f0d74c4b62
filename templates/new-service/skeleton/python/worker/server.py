"""Probes and metrics over HTTP; nothing else is served."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from worker.loop import Loop

SERVICE = "${{ values.name }}"
TEXT = "text/plain; charset=utf-8"
METRICS = "text/plain; version=0.0.4; charset=utf-8"


def create_server(loop: Loop, port: int, longest_round: float) -> ThreadingHTTPServer:
    """A server that isn't running yet; port 0 takes any that is free."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answer(self.path.partition("?")[0], loop, longest_round)
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Probes come every few seconds; their log would hide the work's."""

    server = ThreadingHTTPServer(("", port), Handler)
    server.daemon_threads = True
    return server


def answer(path: str, loop: Loop, longest_round: float) -> tuple[int, str, str]:
    """What is answered to a path: status, content type and body."""
    state = loop.state
    if path == "/":
        done = {"succeeded": state.succeeded, "failed": state.failed}
        return 200, "application/json", json.dumps({"service": SERVICE, "rounds": done})
    if path == "/livez":
        # A failure restarts the process: a round hangs, or the loop is gone.
        return (200, TEXT, "ok\n") if loop.is_alive(longest_round) else (503, TEXT, "no round for too long\n")
    if path == "/readyz":
        return (200, TEXT, "ok\n") if loop.is_ready() else (503, TEXT, "not working\n")
    if path == "/metrics":
        return 200, METRICS, metrics(loop)
    return 404, TEXT, "not found\n"


def metrics(loop: Loop) -> str:
    """The text format of Prometheus."""
    state = loop.state
    lines = [
        "# HELP worker_rounds_total Rounds that were run.",
        "# TYPE worker_rounds_total counter",
        'worker_rounds_total{result="success"} ' + str(state.succeeded),
        'worker_rounds_total{result="failure"} ' + str(state.failed),
        "# HELP worker_round_duration_seconds How long the rounds took.",
        "# TYPE worker_round_duration_seconds summary",
        f"worker_round_duration_seconds_sum {state.seconds}",
        f"worker_round_duration_seconds_count {state.succeeded + state.failed}",
    ]
    if state.last_success is not None:
        lines += [
            "# HELP worker_last_success_timestamp_seconds When a round last succeeded.",
            "# TYPE worker_last_success_timestamp_seconds gauge",
            f"worker_last_success_timestamp_seconds {state.last_success}",
        ]
    return "\n".join([*lines, ""])
