// Command ${{ values.name }} serves its API over HTTP.
package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// limit is how long open requests may take after the process was told to stop; Kubernetes waits 30 s in all.
const limit = 20 * time.Second

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx); err != nil {
		slog.Error("failed", "error", err)
		os.Exit(1)
	}
}

// run serves until the context ends, then finishes what is open.
func run(ctx context.Context) error {
	// Kubernetes needs a moment to take a Pod that stops out of its Services; until then requests still arrive.
	linger, err := time.ParseDuration(variable("SHUTDOWN_LINGER", "3s"))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", ":"+variable("PORT", "8080"))
	if err != nil {
		return err
	}
	var stopping atomic.Bool
	server := &http.Server{
		Handler:           newHandler(func() bool { return !stopping.Load() }),
		ReadHeaderTimeout: 5 * time.Second,
	}
	slog.Info("listening", "port", listener.Addr().(*net.TCPAddr).Port)

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}

	stopping.Store(true)
	slog.Info("stopping")
	time.Sleep(linger)
	bounded, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := server.Shutdown(bounded); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	slog.Info("stopped")
	return nil
}

func variable(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
