// Package web holds what the page is made of: templates, one stylesheet and the mark.
package web

import "embed"

// Templates are the pages, each of which is laid into frame.html.
//
//go:embed template/*.html
var Templates embed.FS

// Assets are served as they are, under names that carry a hash of their content.
//
//go:embed style.css mark.svg
var Assets embed.FS
