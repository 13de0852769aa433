package pdf_test

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
	"github.com/bylinehq/byline/brief/pdf"
)

// A document is printed; one with characters that the typefaces lack is not, rather than
// with empty boxes for a label that the law wants.
func ExampleWrite() {
	d := page.Document{
		Language: "en", Colon: ": ", Title: "Autumn kettle",
		Sections: []page.Section{{Key: page.Disclosure, Heading: "Label", Blocks: []page.Block{{
			Labels: []page.Label{{Text: "Ad", Language: "en", For: "United Kingdom"}},
		}}}},
	}
	var file bytes.Buffer
	err := pdf.Write(&file, d, nil)
	fmt.Printf("%s %v\n", file.Bytes()[:5], err)

	d.Sections[0].Blocks[0].Labels[0].Text = "広告"
	err = pdf.Write(&file, d, nil)
	if refused, ok := errors.AsType[*byline.RefusalError](err); ok {
		fmt.Println(refused.Code)
	}
	// Output:
	// %PDF- <nil>
	// pdf.glyphs
}
