package contracts

import (
	"fmt"
	"strings"
	"time"
)

// timeWords is an instant on the clock it came with.
func timeWords(t time.Time) string { return t.Format("2 Jan 2006 15:04 MST") }

// counted is "1 day", "2 breaches".
func counted(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case strings.HasSuffix(what, "ch"):
		return fmt.Sprintf("%d %ses", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// sentence makes one of a message; nothing stays nothing.
func sentence(message string) string {
	if message == "" {
		return ""
	}
	return capital(message) + "."
}
