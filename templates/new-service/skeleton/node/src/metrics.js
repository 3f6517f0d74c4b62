/** Upper bounds of the histogram, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts and times requests, and writes them in the text format of Prometheus. */
export function createMetrics() {
  const requests = new Map();
  const durations = new Map();
  const startedAt = Date.now() / 1000;

  return {
    observe(route, status, seconds) {
      const key = `route="${route}",status="${status}"`;
      requests.set(key, (requests.get(key) ?? 0) + 1);
      const found = durations.get(route) ?? { counts: BUCKETS.map(() => 0), count: 0, sum: 0 };
      BUCKETS.forEach((bound, index) => {
        if (seconds <= bound) found.counts[index] += 1;
      });
      found.count += 1;
      found.sum += seconds;
      durations.set(route, found);
    },

    render() {
      return [
        '# HELP http_requests_total Requests that were answered.',
        '# TYPE http_requests_total counter',
        ...[...requests].map(([labels, count]) => `http_requests_total{${labels}} ${count}`),
        '# HELP http_request_duration_seconds How long the answers took.',
        '# TYPE http_request_duration_seconds histogram',
        ...[...durations].flatMap(([route, { counts, count, sum }]) => [
          ...BUCKETS.map(
            (bound, index) =>
              `http_request_duration_seconds_bucket{route="${route}",le="${bound}"} ${counts[index]}`,
          ),
          `http_request_duration_seconds_bucket{route="${route}",le="+Inf"} ${count}`,
          `http_request_duration_seconds_sum{route="${route}"} ${sum}`,
          `http_request_duration_seconds_count{route="${route}"} ${count}`,
        ]),
        '# HELP process_start_time_seconds When the process started.',
        '# TYPE process_start_time_seconds gauge',
        `process_start_time_seconds ${startedAt}`,
        '# HELP process_resident_memory_bytes Memory that the process holds.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '',
      ].join('\n');
    },
  };
}
