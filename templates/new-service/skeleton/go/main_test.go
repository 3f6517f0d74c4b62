package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, handler http.Handler, method, path string) (int, string) {
	t.Helper()
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, httptest.NewRequest(method, path, nil))
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.Code, string(body)
}

func TestAnswersWithItsName(t *testing.T) {
	handler := newHandler(func() bool { return true })
	status, body := get(t, handler, http.MethodGet, "/")
	if status != http.StatusOK || strings.TrimSpace(body) != `{"service":"${{ values.name }}"}` {
		t.Fatalf("got %d %s", status, body)
	}
}

func TestIsAliveAndReadyUntilItStops(t *testing.T) {
	ready := true
	handler := newHandler(func() bool { return ready })
	for path, want := range map[string]int{"/livez": 200, "/readyz": 200} {
		if status, _ := get(t, handler, http.MethodGet, path); status != want {
			t.Errorf("%s: got %d, want %d", path, status, want)
		}
	}
	ready = false
	for path, want := range map[string]int{"/livez": 200, "/readyz": 503} {
		if status, _ := get(t, handler, http.MethodGet, path); status != want {
			t.Errorf("%s while stopping: got %d, want %d", path, status, want)
		}
	}
}

func TestCountsRequestsByRouteNeverByWhatACallerMakesUp(t *testing.T) {
	handler := newHandler(func() bool { return true })
	get(t, handler, http.MethodGet, "/livez")
	get(t, handler, http.MethodGet, "/made-up")
	_, body := get(t, handler, http.MethodGet, "/metrics")
	for _, line := range []string{
		`http_requests_total{route="GET /livez",status="200"} 1`,
		`http_requests_total{route="other",status="404"} 1`,
		`http_request_duration_seconds_count{route="GET /livez"} 1`,
	} {
		if !strings.Contains(body, line) {
			t.Errorf("no %s in\n%s", line, body)
		}
	}
	if strings.Contains(body, "made-up") {
		t.Error("a path that a caller made up became a label")
	}
}

func TestRefusesWhatItDoesNotServe(t *testing.T) {
	handler := newHandler(func() bool { return true })
	if status, _ := get(t, handler, http.MethodPost, "/"); status != http.StatusMethodNotAllowed {
		t.Fatalf("got %d", status)
	}
}
