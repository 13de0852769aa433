package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/bylinehq/byline"
)

// statusOf is the one place where an error becomes an HTTP status and a stable code.
func statusOf(err error) (status int, code string) {
	switch {
	case errors.Is(err, byline.ErrNotFound):
		return http.StatusNotFound, "not_found"
	case errors.Is(err, byline.ErrConflict):
		return http.StatusConflict, "conflict"
	case errors.Is(err, byline.ErrUnauthorized):
		return http.StatusUnauthorized, "unauthorized"
	case errors.Is(err, byline.ErrRateLimited):
		return http.StatusTooManyRequests, "rate_limited"
	case errors.Is(err, byline.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "unavailable"
	case errors.Is(err, byline.ErrInvalid):
		return http.StatusBadRequest, "invalid"
	}
	return http.StatusInternalServerError, "internal"
}

// publicText is what a stranger may read of an error. What went wrong inside goes to
// the log, not out.
func publicText(status int, err error) string {
	switch status {
	case http.StatusInternalServerError:
		return "something went wrong; the server's log says what"
	case http.StatusServiceUnavailable:
		return "the store does not answer; try again"
	}
	return err.Error()
}

type errorBody struct {
	Error errorText `json:"error"`
}

type errorText struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func writeError(w http.ResponseWriter, status int, code, message string) {
	writeJSON(w, status, errorBody{errorText{Code: code, Message: message}})
}

// writeJSON encodes before it answers, so that a value that cannot be encoded is a 500
// and not half an answer.
func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		status = http.StatusInternalServerError
		body, _ = json.Marshal(errorBody{errorText{Code: "internal", Message: publicText(status, err)}})
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}
