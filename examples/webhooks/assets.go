package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/bylinehq/byline/examples/webhooks/web"
)

// assets are the static files by the address under which they are served. An address
// carries a hash of the content, because embedded files have no time of change that a
// browser could ask about: new content is a new address, and the old one never changes.
type assets struct {
	addresses map[string]string // by file name
	content   map[string][]byte // by the last part of the address
}

func newAssets() (*assets, error) {
	a := &assets{addresses: map[string]string{}, content: map[string][]byte{}}
	names, err := fs.Glob(web.Assets, "*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		content, err := web.Assets.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(name)
		hashed := fmt.Sprintf("%s.%s%s", strings.TrimSuffix(name, ext), hex.EncodeToString(sum[:6]), ext)
		a.addresses[name], a.content[hashed] = "/static/"+hashed, content
	}
	return a, nil
}

// address fails for a file that does not exist, so that a template with a slip in it
// does not render.
func (a *assets) address(name string) (string, error) {
	address, ok := a.addresses[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return address, nil
}

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	content, ok := a.content[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	writeAsset(w, name, content)
}

// favicon answers browsers that ask at the old place without having read the page.
func (a *assets) favicon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=86400")
	name := path.Base(a.addresses["mark.svg"])
	writeAsset(w, name, a.content[name])
}

func writeAsset(w http.ResponseWriter, name string, content []byte) {
	kind := "text/css; charset=utf-8"
	if path.Ext(name) == ".svg" {
		kind = "image/svg+xml"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(content)
}
