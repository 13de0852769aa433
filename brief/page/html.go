package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed" // of the template and the stylesheet
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// HTMLOptions says how a page is served. nil has every default.
type HTMLOptions struct {
	// Stylesheet is where the host serves [Stylesheet], in place of the <style> in the page.
	Stylesheet string
}

// Stylesheet is the style of a page, for a host that serves it as a file of its own.
func Stylesheet() string { return pageCSS }

// StyleSource is the source to list in style-src of a Content-Security-Policy, quotes
// included: the hash of the <style> in the page. There is no other style, no script, no
// image and no font in it.
func StyleSource() string {
	sum := sha256.Sum256([]byte(pageCSS))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// WriteHTML writes a document as one page that stands alone: light and dark, phone and A4.
// The page carries a policy that allows its style and nothing else. After an error w has
// part of a page.
func WriteHTML(w io.Writer, doc Document, opts *HTMLOptions) error {
	if opts == nil {
		opts = &HTMLOptions{}
	}
	source := StyleSource()
	if opts.Stylesheet != "" {
		source = "'self'"
	}
	page, err := template.New("page").Funcs(template.FuncMap{
		"lines": func(text string) []string { return strings.Split(text, "\n") },
		"parts": addressParts,
		"href":  func(address string) template.URL { return template.URL(followable(address)) }, //nolint:gosec // its scheme is checked
	}).Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("brief as HTML: %w", err)
	}
	out := bufio.NewWriter(w)
	data := htmlPage{Document: doc, Href: opts.Stylesheet, Policy: "default-src 'none'; style-src " + source + "; base-uri 'none'; form-action 'none'"}
	if opts.Stylesheet == "" {
		data.Style = template.CSS(pageCSS) //nolint:gosec // it is ours
	}
	if err := page.Execute(out, data); err != nil {
		return fmt.Errorf("brief as HTML: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("brief as HTML: %w", err)
	}
	return nil
}

// addressParts are the parts of an address between which a line may break: each ends with
// a sign after which its next begins.
func addressParts(address string) []string {
	var parts []string
	start := 0
	for i := range len(address) - 1 {
		if strings.IndexByte("/?&", address[i]) >= 0 && address[i+1] != '/' {
			parts, start = append(parts, address[start:i+1]), i+1
		}
	}
	return append(parts, address[start:])
}

// htmlPage is what the template has.
type htmlPage struct {
	Document

	Href, Policy string
	Style        template.CSS
}
