package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Figure is a chart with all that a page shows of it: the picture, and below it the table,
// folded away until somebody asks for it. The element is of class chart-figure; the page
// writes title and description where its own headings stand. The error is that of the
// chart's WriteSVG.
func Figure(c Chart, o *Options) (template.HTML, error) {
	var b strings.Builder
	b.WriteString(`<figure class="chart-figure">`)
	if err := c.WriteSVG(&b, o); err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "<details><summary>View as table</summary>%s</details></figure>\n", c.Table().HTML())
	return template.HTML(b.String()), nil
}
