import threading
import unittest
from urllib.error import HTTPError
from urllib.request import urlopen

from worker.loop import Loop
from worker.server import create_server


class WorkerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.fail_next = 0
        self.rounds = threading.Semaphore(0)
        self.loop = Loop(self.work, interval=0.01)
        self.server = create_server(self.loop, port=0, longest_round=5)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def tearDown(self) -> None:
        self.loop.stop()
        self.server.shutdown()
        self.server.server_close()

    def work(self) -> None:
        try:
            if self.fail_next > 0:
                self.fail_next -= 1
                raise RuntimeError("as asked")
        finally:
            self.rounds.release()

    def run_rounds(self, count: int) -> threading.Thread:
        thread = threading.Thread(target=self.loop.run, daemon=True)
        thread.start()
        for _ in range(count):
            self.assertTrue(self.rounds.acquire(timeout=5))
        return thread

    def get(self, path: str) -> tuple[int, str]:
        url = f"http://localhost:{self.server.server_address[1]}{path}"
        try:
            with urlopen(url, timeout=5) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def test_is_ready_once_a_round_has_succeeded_and_until_it_stops(self) -> None:
        self.assertEqual(self.get("/readyz")[0], 503)
        thread = self.run_rounds(2)
        self.assertEqual(self.get("/readyz")[0], 200)
        self.loop.stop()
        thread.join(timeout=5)
        self.assertFalse(thread.is_alive())
        self.assertEqual(self.get("/readyz")[0], 503)

    def test_a_round_that_fails_is_counted_and_tried_again(self) -> None:
        self.fail_next = 1
        with self.assertLogs("worker.loop", level="ERROR"):
            self.run_rounds(3)
        _, body = self.get("/metrics")
        self.assertIn('worker_rounds_total{result="failure"} 1\n', body)
        self.assertRegex(body, r'worker_rounds_total\{result="success"\} [1-9]')
        self.assertIn("worker_last_success_timestamp_seconds ", body)

    def test_pauses_grow_with_failures_up_to_a_bound(self) -> None:
        self.loop.interval = 10
        self.loop.state.failures_in_a_row = 2
        self.assertEqual(self.loop.pause(), 40)
        self.loop.state.failures_in_a_row = 60
        self.assertEqual(self.loop.pause(), 300)

    def test_is_not_alive_when_a_round_hangs(self) -> None:
        self.assertEqual(self.get("/livez")[0], 200)
        self.loop.state.last_round -= 3600
        self.assertEqual(self.get("/livez")[0], 503)

    def test_serves_nothing_else(self) -> None:
        self.assertEqual(self.get("/etc/passwd")[0], 404)


if __name__ == "__main__":
    unittest.main()
