package brief

import "time"

// Tracking is how what a post brings is recognised.
type Tracking struct {
	Codes  []Code        `json:"codes,omitempty" validate:"dive"`
	Links  []Link        `json:"links,omitempty" validate:"dive"`
	Window time.Duration `json:"attribution_window,omitempty" validate:"min=0"` // after a post
}

// Code is a discount code to name.
type Code struct {
	Code    string    `json:"code" validate:"required"`
	Expires time.Time `json:"expires,omitzero"` // zero: never
	Offer   string    `json:"offer,omitempty"`  // "15 % off everything"
}

// Link is a tracked link to set, under the key by which pieces name it.
type Link struct {
	Key     string            `json:"key" validate:"required"`
	URL     string            `json:"url" validate:"required,http_url"`
	UTM     map[string]string `json:"utm,omitempty"` // utm_… parameters it must carry, by name
	Expires time.Time         `json:"expires,omitzero"`
}

// Monitoring says who looks at live posts, and by when.
type Monitoring struct {
	Who      string        `json:"who,omitempty"`                          // a role
	Within   time.Duration `json:"within,omitempty" validate:"min=0"`      // after a post is live
	Takedown time.Duration `json:"takedown,omitempty" validate:"min=0"`    // after the creator is asked to
	Evidence bool          `json:"keep_evidence,omitempty"`                // screenshot, address, time and label are kept
	Every    time.Duration `json:"again_every,omitempty" validate:"min=0"` // while it has to stay up
}
