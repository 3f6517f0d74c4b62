// Command redis is a Redis for the testbed: one that keeps everything in memory and is made for tests, with a clock
// that runs. Argo CD keeps its caches in it.
package main

import (
	"flag"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	address := flag.String("address", "", "where to listen, as host:port")
	passwordFile := flag.String("password-file", "", "file that holds the password that every client must give")
	flag.Parse()

	password, err := os.ReadFile(*passwordFile)
	if err != nil {
		log.Fatal(err)
	}
	server := miniredis.NewMiniRedis()
	server.RequireAuth(strings.TrimSpace(string(password)))
	if err := server.StartAddr(*address); err != nil {
		log.Fatal(err)
	}
	defer server.Close()

	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	// Its keys grow older only when it is told so.
	last := time.Now()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			server.FastForward(now.Sub(last))
			last = now
		case <-ended:
			return
		}
	}
}
