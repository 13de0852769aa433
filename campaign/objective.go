package campaign

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Objective is something a campaign is to reach, in a form that can be checked.
type Objective struct {
	Goal     Goal            `json:"goal" validate:"required,oneof=awareness consideration conversion loyalty"`
	Metric   Metric          `json:"metric" validate:"required"`
	Target   decimal.Decimal `json:"target"` // in the metric's unit; money in major units of the budget's currency
	Deadline time.Time       `json:"deadline" validate:"required"`
}

// Goal is what a campaign is for.
type Goal string

// Goals.
const (
	Awareness     Goal = "awareness"
	Consideration Goal = "consideration"
	Conversion    Goal = "conversion"
	Loyalty       Goal = "loyalty"
)

// Metric is what an objective is measured by.
type Metric string

// Metrics. Earned media value is not among them: it is no outcome.
const (
	Reach          Metric = "reach"           // unique people
	Impressions    Metric = "impressions"     // times shown
	Views          Metric = "views"           // as each platform defines them
	Engagements    Metric = "engagements"     // interactions
	EngagementRate Metric = "engagement_rate" // 0 to 1
	Clicks         Metric = "clicks"          // on tracked links
	SignUps        Metric = "sign_ups"        //
	Orders         Metric = "orders"          // credited and kept
	NewCustomers   Metric = "new_customers"   //
	NetSales       Metric = "net_sales"       // money, see attribution.Sales
	CostPerOrder   Metric = "cost_per_order"  // money, at most
	RepeatOrders   Metric = "repeat_orders"   // by customers of earlier orders
)

// Metrics returns the metrics that can show whether a goal is reached.
func (g Goal) Metrics() []Metric {
	switch g {
	case Awareness:
		return []Metric{Reach, Impressions, Views}
	case Consideration:
		return []Metric{Engagements, EngagementRate, Clicks, Views, SignUps}
	case Conversion:
		return []Metric{Orders, NewCustomers, NetSales, CostPerOrder, SignUps}
	case Loyalty:
		return []Metric{RepeatOrders, NetSales}
	}
	return nil
}

func (g Goal) measuredBy(m Metric) bool { return slices.Contains(g.Metrics(), m) }
