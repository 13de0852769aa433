package page

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/brief"
)

func (m *maker) tracking() []Block {
	w, t := m.words.tracking, m.b.Tracking
	var links rows
	for _, l := range t.Links {
		address := tracked(l)
		links.with(Line{Lead: single(l.Key), Text: address, URL: webAddress(address), Note: m.validUntil(l.Expires), Copy: true})
	}
	var window rows
	window.with(Line{Lead: w.Window, Text: m.length(t.Window), Note: w.AfterPost})
	return []Block{{Heading: w.Codes, Table: m.codes()}, {Heading: w.Links, Rows: links}, {Rows: window}}
}

func (m *maker) validUntil(end time.Time) string {
	if end.IsZero() {
		return ""
	}
	return m.words.tracking.Until + m.words.colon + m.until(end)
}

// codes is nil without a code. The column of offers goes where there is none.
func (m *maker) codes() *Table {
	w := m.words.tracking
	table := &Table{Caption: w.Codes, Head: []string{w.Code, w.Offer, w.Until}}
	offers := false
	for _, c := range m.b.Tracking.Codes {
		offer, until := single(c.Offer), w.NoEnd
		if !c.Expires.IsZero() {
			until = m.until(c.Expires)
		}
		offers = offers || offer != ""
		table.Rows = append(table.Rows, []Line{{Text: single(c.Code), Copy: true}, {Text: offer}, {Text: until}})
	}
	if len(table.Rows) == 0 {
		return nil
	}
	if !offers {
		table.Head = slices.Delete(table.Head, 1, 2)
		for i, row := range table.Rows {
			table.Rows[i] = slices.Delete(row, 1, 2)
		}
	}
	return table
}

// tracked is the address of a link with all parameters that it must carry; those it has
// stay as they are.
func tracked(l brief.Link) string {
	address := single(l.URL)
	u, err := url.Parse(address)
	if err != nil || len(l.UTM) == 0 || webAddress(address) == "" {
		return address
	}
	has := u.Query()
	var added []string
	for _, name := range slices.Sorted(maps.Keys(l.UTM)) {
		if !has.Has(name) {
			added = append(added, url.QueryEscape(name)+"="+url.QueryEscape(l.UTM[name]))
		}
	}
	if len(added) == 0 {
		return address
	}
	address, fragment, hasFragment := strings.Cut(address, "#")
	address = strings.TrimRight(address, "?&")
	between := "?"
	if strings.Contains(address, "?") {
		between = "&"
	}
	address += between + strings.Join(added, "&")
	if hasFragment {
		address += "#" + fragment
	}
	return address
}

func (m *maker) monitoring() []Block {
	w, look := m.words.watch, m.b.Monitoring
	var rows rows
	rows.add(w.Who, single(look.Who))
	if look.Within > 0 {
		rows.add(w.Within, fmt.Sprintf(w.AfterLive, m.length(look.Within)))
	}
	rows.add(w.Every, m.length(look.Every))
	if look.Takedown > 0 {
		rows.add(w.Takedown, fmt.Sprintf(w.AfterAsked, m.length(look.Takedown)))
	}
	if look.Evidence {
		rows.add(w.Evidence, w.Kept)
	}
	return []Block{{Rows: rows}}
}
