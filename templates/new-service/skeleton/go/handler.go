package main

import (
	"encoding/json"
	"net/http"
	"time"
)

const service = "${{ values.name }}"

// newHandler answers the API. ready says whether requests are welcome: Kubernetes sends none to a Pod whose readiness
// probe fails.
func newHandler(ready func() bool) http.Handler {
	metrics := newMetrics()
	mux := http.NewServeMux()

	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"service": service})
	})
	// Says that the process answers at all; a failure restarts it.
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) {
		writeText(w, http.StatusOK, "ok\n")
	})
	// Says that it wants requests; it fails while the process is shutting down.
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if ready() {
			writeText(w, http.StatusOK, "ok\n")
		} else {
			writeText(w, http.StatusServiceUnavailable, "shutting down\n")
		}
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		metrics.write(w)
	})
	return measured(mux, metrics)
}

// measured counts and times requests. The route is the pattern that matched: a path would let callers make up labels.
func measured(mux *http.ServeMux, metrics *metrics) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		_, route := mux.Handler(r)
		if route == "" {
			route = "other"
		}
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		mux.ServeHTTP(recorder, r)
		metrics.observe(route, recorder.status, time.Since(started))
	})
}

// recorder remembers the status that was written.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func writeText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
