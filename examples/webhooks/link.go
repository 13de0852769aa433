package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// links are the targets of tracked links, by the key of the link.
type links map[string]string

// openLinks checks where links lead: "programme.link" for a link of no offer,
// "programme.link_twice" for one in two spellings, and the codes of tracking.Link.URL.
func openLinks(file map[string]string, offers []attribution.Offer) (links, []*byline.FieldError) {
	known := map[string]bool{}
	for _, o := range offers {
		known[attribution.NormalizeCode(o.Link)] = o.Link != ""
	}
	targets := links{}
	var faults []*byline.FieldError
	for _, name := range slices.Sorted(maps.Keys(file)) {
		at, key := "links."+name, attribution.NormalizeCode(name)
		if !known[key] {
			faults = append(faults, &byline.FieldError{Path: at, Code: "programme.link", Message: "no offer has this link"})
		}
		if _, twice := targets[key]; twice {
			faults = append(faults, &byline.FieldError{Path: at, Code: "programme.link_twice", Message: "another spelling of this link stands here too"})
		}
		_, err := tracking.Link{Target: file[name], Key: name}.URL()
		for _, f := range byline.Nest("", err) { // a link is its target here
			faults = append(faults, &byline.FieldError{Path: at, Code: f.Code, Message: f.Message})
		}
		targets[key] = file[name]
	}
	return targets, faults
}

// Link is for tracking.Redirect.
func (l links) Link(_ context.Context, key string) (tracking.Link, error) {
	target, ok := l[key]
	if !ok {
		return tracking.Link{}, fmt.Errorf("link %q: %w", key, byline.ErrNotFound)
	}
	return tracking.Link{Target: target, Key: key}, nil
}

// redirect answers tracked links. It is nil where no key signs their clicks.
func (s *server) redirect() http.Handler {
	if len(s.config.clicks) == 0 {
		return nil
	}
	return &tracking.Redirect{
		Links: s.programme.Links, Clicks: s.clicks(), Recorder: s.orders, Nonce: nonce, Now: s.now, Log: s.log,
	}
}

func (s *server) clicks() tracking.Clicks { return tracking.Clicks{Keys: s.config.clicks} }

func nonce() ([12]byte, error) {
	var n [12]byte
	_, err := rand.Read(n[:])
	return n, err
}
