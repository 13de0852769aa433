package byline_test

import (
	"encoding/json"
	"fmt"

	"github.com/bylinehq/byline"
)

// Text from a shop is read exactly or refused with a code.
func ExampleParseMoney() {
	for _, text := range []string{"361.9500", "-5", "1.005", "1e2"} {
		m, err := byline.ParseMoney(text, byline.EUR)
		if err != nil {
			fmt.Printf("%s: %v\n", text, err)
			continue
		}
		fmt.Printf("%s: %s, %d cents\n", text, m, m.Minor())
	}
	yen, _ := byline.ParseMoney("361", byline.JPY)
	dinars, _ := byline.ParseMoney("361", byline.KWD)
	fmt.Println(yen, "and", dinars)
	// Output:
	// 361.9500: 361.95 EUR, 36195 cents
	// -5: -5.00 EUR, -500 cents
	// 1.005: EUR has 2 decimals
	// 1e2: not a plain decimal number
	// 361 JPY and 361.000 KWD
}

// Three creators share a commission of 100.00, the first with twice the weight.
func ExampleMoney_Split() {
	commission := byline.Minor(100_00, byline.EUR)
	parts, err := commission.Split(2, 1, 1)
	fmt.Println(parts, err)

	// What does not come out even goes to the largest remainders and is never lost.
	parts, err = commission.Split(1, 1, 1)
	total, _ := byline.Sum(parts...)
	fmt.Println(parts, err, total)

	// A refund splits as the order did.
	parts, err = commission.Neg().Split(1, 1, 1)
	fmt.Println(parts, err)
	// Output:
	// [50.00 EUR 25.00 EUR 25.00 EUR] <nil>
	// [33.34 EUR 33.33 EUR 33.33 EUR] <nil> 100.00 EUR
	// [-33.34 EUR -33.33 EUR -33.33 EUR] <nil>
}

// Amounts are text in JSON, so that no reader turns them into floats.
func ExampleMoney_MarshalJSON() {
	data, err := json.Marshal(map[string]byline.Money{
		"fee":  byline.Minor(1050, byline.EUR),
		"gift": {},
		"tip":  byline.Minor(1050, byline.KWD),
	})
	fmt.Println(string(data), err)

	// A JSON number is read digit by digit.
	var m byline.Money
	err = json.Unmarshal([]byte(`{"amount": 90071992547409.93, "currency": "USD"}`), &m)
	fmt.Println(m, err)
	// Output:
	// {"fee":{"amount":"10.50","currency":"EUR"},"gift":null,"tip":{"amount":"1.050","currency":"KWD"}} <nil>
	// 90071992547409.93 USD <nil>
}
