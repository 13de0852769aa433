package tracking_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func ExampleLink() {
	utm, _ := tracking.Naming{Campaign: "autumn-26", Creator: "ada", Platform: byline.TikTok, Placement: "bio"}.UTM()
	link := tracking.Link{Target: "https://demo.example/coats?size=m", Key: "ada-autumn", UTM: utm}
	address, err := link.URL()
	fmt.Println(address, err)

	clicked := time.Date(2026, 10, 4, 9, 30, 0, 0, time.UTC)
	for _, t := range tracking.Visit(address, clicked, attribution.SourceLandingPage) {
		fmt.Printf("link %q, content %q, page %q\n", t.Link, t.UTM.Content, t.Page)
	}
	// Output:
	// https://demo.example/coats?size=m&bl=ada-autumn&utm_source=tiktok&utm_medium=creator&utm_campaign=autumn-26&utm_content=ada--autumn-26&utm_term=bio <nil>
	// link "ada-autumn", content "", page ""
	// link "", content "ada--autumn-26", page ""
	// link "", content "", page "/coats"
}

func ExampleClicks() {
	c := tracking.Clicks{Keys: []attribution.Secret{"a demo key of thirty-two bytes.."}}
	id, _ := c.Sign(tracking.Click{
		Link:  "ada-autumn",
		At:    time.Date(2026, 10, 4, 9, 30, 0, 0, time.UTC),
		Nonce: [12]byte{7}, // from crypto/rand
	})
	fmt.Println(id)

	click, _ := c.Read(id)
	fmt.Println(click.Link, click.At)

	_, err := c.Read("blc1_B" + id[len("blc1_B"):])
	fmt.Println(err, errors.Is(err, byline.ErrUnauthorized))
	// Output:
	// blc1_AaEGP7HABwAAAAAAAAAAAAAAYWRhLWF1dHVtbkQypxYmVLraVr-8lRxvLm0
	// ada-autumn 2026-10-04 09:30:00 +0000 UTC
	// click id signature does not match true
}

func ExampleMint() {
	m, err := tracking.NewMint("a demo key of thirty-two bytes..", "{creator}-######*", "ada")
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range uint64(3) {
		code, _ := m.Code(n)
		fmt.Println(code)
	}
	fmt.Println(m.Space(), "codes")
	// Output:
	// ADA-MX9KGVX
	// ADA-9D9NCW7
	// ADA-WH9CKXG
	// 44090548 codes
}
