package page

import (
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// style is how a language writes days and times.
type style struct {
	months   string // from January, parted by spaces
	weekdays string // from Sunday
	day      string // with {E}, {d}, {M} and {y}
	second   string // of the last day of a span within one year
	first    string // and of its first day
	between  string
	clock    string // as a layout of package time
	then     string // between a day and a time
}

// styleIn returns the style of a language: the wide names of months, the abbreviated names
// of days, the order of the CLDR's skeleton yMMMEd and the 24-hour clock. The names are those
// of the CLDR in github.com/go-playground/locales v0.14.2, the Korean patterns those of
// github.com/unicode-org/cldr-json (ca-gregorian), both read 2026-11-22; the days in Spanish
// are without their points, as in later versions. English puts the day first, as en-001 does,
// but for en-US.
func styleIn(language string, american bool) style {
	const dash = " – "
	west := func(months, weekdays, day, short string) style {
		return style{months: months, weekdays: weekdays, day: day, first: short, second: day, between: dash, clock: "15:04", then: ", "}
	}
	switch language {
	case "de":
		return west("Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
			"So. Mo. Di. Mi. Do. Fr. Sa.", "{E}, {d}. {M} {y}", "{E}, {d}. {M}")
	case "fr":
		return west("janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
			"dim. lun. mar. mer. jeu. ven. sam.", "{E} {d} {M} {y}", "{E} {d} {M}")
	case "es":
		return west("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
			"dom lun mar mié jue vie sáb", "{E}, {d} de {M} de {y}", "{E}, {d} de {M}")
	case "it":
		return west("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
			"dom lun mar mer gio ven sab", "{E} {d} {M} {y}", "{E} {d} {M}")
	case "pt":
		return west("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
			"dom. seg. ter. qua. qui. sex. sáb.", "{E}, {d} de {M} de {y}", "{E}, {d} de {M}")
	case "nl":
		return west("januari februari maart april mei juni juli augustus september oktober november december",
			"zo ma di wo do vr za", "{E} {d} {M} {y}", "{E} {d} {M}")
	case "ja":
		return style{months: numbered("月"), weekdays: "日 月 火 水 木 金 土", day: "{y}年{M}{d}日({E})",
			first: "{y}年{M}{d}日({E})", second: "{M}{d}日({E})", between: "～", clock: "15:04", then: " "}
	case "ko":
		return style{months: numbered("월"), weekdays: "일 월 화 수 목 금 토", day: "{y}년 {M} {d}일 ({E})",
			first: "{y}년 {M} {d}일 ({E})", second: "{M} {d}일 ({E})", between: " ~ ", clock: "15:04", then: " "}
	}
	s := west("January February March April May June July August September October November December",
		"Sun Mon Tue Wed Thu Fri Sat", "{E}, {d} {M} {y}", "{E}, {d} {M}")
	if american {
		s.day, s.first, s.clock = "{E}, {M} {d}, {y}", "{E}, {M} {d}", "3:04\u00a0PM"
		s.second = s.day
	}
	return s
}

func numbered(month string) string {
	var names []string
	for n := range 12 {
		names = append(names, strconv.Itoa(n+1)+month)
	}
	return strings.Join(names, " ")
}

func (s style) write(t time.Time, pattern string) string {
	return strings.NewReplacer(
		"{E}", strings.Fields(s.weekdays)[t.Weekday()], "{d}", strconv.Itoa(t.Day()),
		"{M}", strings.Fields(s.months)[t.Month()-1], "{y}", strconv.Itoa(t.Year()),
	).Replace(pattern)
}

func midnight(t time.Time) bool { return t.Equal(dayOf(t)) }

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// moment writes an instant: the day alone where it is a midnight.
func (m *maker) moment(t time.Time) string {
	t = t.In(m.zone)
	day := m.style.write(t, m.style.day)
	if midnight(t) {
		return day
	}
	return day + m.style.then + t.Format(m.style.clock)
}

// until writes the end of something, which is no longer part of it: of a midnight the day
// before.
func (m *maker) until(end time.Time) string {
	end = end.In(m.zone)
	if midnight(end) {
		return m.style.write(end.AddDate(0, 0, -1), m.style.day)
	}
	return m.moment(end)
}

// span writes a window, whose end is no longer part of it, "" where it has no bound.
func (m *maker) span(w byline.Window) string {
	switch {
	case w.Start.IsZero() && w.End.IsZero():
		return ""
	case w.End.IsZero():
		return m.moment(w.Start) + strings.TrimRight(m.style.between, " ")
	case w.Start.IsZero():
		return strings.TrimLeft(m.style.between, " ") + m.until(w.End)
	}
	start, end := w.Start.In(m.zone), w.End.In(m.zone)
	if !midnight(start) || !midnight(end) {
		return m.moment(start) + m.style.between + m.moment(end)
	}
	last := end.AddDate(0, 0, -1)
	switch {
	case start.Equal(last):
		return m.moment(start)
	case start.Year() == last.Year():
		return m.style.write(start, m.style.first) + m.style.between + m.style.write(last, m.style.second)
	}
	return m.style.write(start, m.style.day) + m.style.between + m.style.write(last, m.style.day)
}
