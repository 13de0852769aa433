package odrl

import (
	"net/url"
	"slices"
	"strings"
)

const ourIDs = "urn:byline:"

// What ids are of.
const (
	ofAgreement = "agreement"
	ofContent   = "content" // all that is made under an agreement
	ofGrant     = "grant"
	ofAsset     = "asset"
	ofCreator   = "creator"
	ofBrand     = "brand"
)

// iriOf makes an IRI of an id in the caller's system. An id that is one already stays, so
// that others can go on using it.
func iriOf(of, id string) string {
	scheme, _, _ := strings.Cut(id, ":")
	if slices.Contains([]string{"urn", "http", "https", "did"}, scheme) && absolute(id) && !strings.HasPrefix(id, ourIDs) {
		return id
	}
	return ourIRI(of, id)
}

func ourIRI(of, id string) string { return ourIDs + of + ":" + url.QueryEscape(id) }

// idOf is the way back. An IRI of others is the id.
func idOf(of, iri string) string {
	escaped, ours := strings.CutPrefix(iri, ourIDs+of+":")
	id, err := url.QueryUnescape(escaped)
	if !ours || err != nil || id == "" {
		return iri
	}
	return id
}
