package main

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// buckets are the upper bounds of the histogram, in seconds.
var buckets = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// metrics counts and times requests, and writes them in the text format of Prometheus.
type metrics struct {
	mutex     sync.Mutex
	requests  map[request]int
	durations map[string]*histogram
	started   time.Time
}

type request struct {
	route  string
	status int
}

type histogram struct {
	counts []int
	count  int
	sum    float64
}

func newMetrics() *metrics {
	return &metrics{requests: map[request]int{}, durations: map[string]*histogram{}, started: time.Now()}
}

func (m *metrics) observe(route string, status int, took time.Duration) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.requests[request{route, status}]++
	found := m.durations[route]
	if found == nil {
		found = &histogram{counts: make([]int, len(buckets))}
		m.durations[route] = found
	}
	for index, bound := range buckets {
		if took.Seconds() <= bound {
			found.counts[index]++
		}
	}
	found.count++
	found.sum += took.Seconds()
}

func (m *metrics) write(w io.Writer) {
	m.mutex.Lock()
	defer m.mutex.Unlock()

	header(w, "http_requests_total", "counter", "Requests that were answered.")
	byRoute := func(a, b request) int {
		if a.route != b.route {
			return strings.Compare(a.route, b.route)
		}
		return a.status - b.status
	}
	for _, key := range slices.SortedFunc(maps.Keys(m.requests), byRoute) {
		fmt.Fprintf(w, "http_requests_total{route=%q,status=\"%d\"} %d\n", key.route, key.status, m.requests[key])
	}

	header(w, "http_request_duration_seconds", "histogram", "How long the answers took.")
	for _, route := range slices.Sorted(maps.Keys(m.durations)) {
		found := m.durations[route]
		for index, bound := range buckets {
			le := strconv.FormatFloat(bound, 'g', -1, 64)
			fmt.Fprintf(w, "http_request_duration_seconds_bucket{route=%q,le=%q} %d\n", route, le, found.counts[index])
		}
		fmt.Fprintf(w, "http_request_duration_seconds_bucket{route=%q,le=\"+Inf\"} %d\n", route, found.count)
		fmt.Fprintf(w, "http_request_duration_seconds_sum{route=%q} %g\n", route, found.sum)
		fmt.Fprintf(w, "http_request_duration_seconds_count{route=%q} %d\n", route, found.count)
	}

	header(w, "process_start_time_seconds", "gauge", "When the process started.")
	fmt.Fprintf(w, "process_start_time_seconds %d\n", m.started.Unix())
	header(w, "go_goroutines", "gauge", "Goroutines that exist.")
	fmt.Fprintf(w, "go_goroutines %d\n", runtime.NumGoroutine())
}

func header(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}
