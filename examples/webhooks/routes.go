package main

import (
	"net/http"
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// source is the name of the one shop that flags and environment configure.
const source = "shopify"

// routes is every address of the server.
func (s *server) routes() http.Handler {
	open := http.NewServeMux()
	open.Handle("POST /webhooks/{source}", s.receiver())
	if redirect := s.redirect(); redirect != nil {
		open.Handle("GET /go/{link}", redirect)
	}
	open.HandleFunc("GET /healthz", s.healthz)
	open.HandleFunc("GET /static/{file}", s.assets.serve)
	open.HandleFunc("GET /favicon.ico", s.assets.favicon)

	closed := http.NewServeMux()
	closed.Handle("GET /{$}", s.page(s.creatorsPage))
	closed.Handle("GET /orders", s.page(s.ordersPage))
	closed.Handle("GET /orders/{id}", s.page(s.orderPage))
	closed.Handle("POST /orders/{id}/resettle", s.page(s.resettle))
	closed.Handle("POST /orders/{id}/assign", s.page(s.assign))
	closed.Handle("POST /orders/{id}/claims/{claim}/withdraw", s.page(s.withdraw))
	closed.Handle("GET /creators/{id}", s.page(s.creatorPage))
	closed.Handle("GET /deliveries", s.page(s.deliveriesPage))
	closed.Handle("POST /deliveries/{seq}/replay", s.page(s.replay))
	closed.Handle("GET /api/creators", s.api(s.creatorsAPI))
	closed.Handle("GET /api/creators/{id}", s.api(s.creatorAPI))
	closed.Handle("GET /api/orders/{id}", s.api(s.orderAPI))
	closed.Handle("GET /api/deliveries", s.api(s.deliveriesAPI))
	closed.Handle("/", s.page(func(http.ResponseWriter, *http.Request) error { return errNoPage }))

	// Browsers say where a request comes from; what no own page sent changes nothing.
	sameOrigin := http.NewCrossOriginProtection()
	if s.config.token == "" {
		open.Handle("/", onlyLocalNames(sameOrigin.Handler(closed)))
	} else {
		d := newDoor(s.config.token, !s.local, s.now, s.pages)
		open.HandleFunc("GET /login", d.form)
		open.Handle("POST /login", sameOrigin.Handler(http.HandlerFunc(d.login)))
		open.Handle("POST /logout", sameOrigin.Handler(http.HandlerFunc(d.logout)))
		open.Handle("/", d.guard(sameOrigin.Handler(closed)))
	}
	return withHeaders(open)
}

func (s *server) receiver() *attribution.Receiver {
	return &attribution.Receiver{Sources: s.worker.Sources, Inbox: s.orders, Now: s.now, Log: s.log, Arrived: s.worker.Wake}
}

// handler answers a request, or returns the error that keeps it from doing so before
// it has written anything.
type handler func(http.ResponseWriter, *http.Request) error

func (s *server) api(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			status, code := s.failed(r, err)
			writeError(w, status, code, publicText(status, err))
		}
	})
}

func (s *server) page(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		status, code := s.failed(r, err)
		if strings.HasPrefix(r.URL.Path, "/api/") {
			writeError(w, status, code, publicText(status, err))
			return
		}
		body := failureBody{Heading: sentence(strings.ToLower(http.StatusText(status))), Text: sentence(publicText(status, err))}
		s.pages.write(w, status, "failure", view{Title: body.Heading, Site: s.site(), Body: body})
	})
}

type failureBody struct {
	Heading string
	Text    string
}

// failed logs what is the server's own fault. Of the request it logs the path alone,
// because a query may name a person.
func (s *server) failed(r *http.Request, err error) (status int, code string) {
	status, code = statusOf(err)
	if status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	return status, code
}

// show writes a page with the frame that every page has.
func (s *server) show(w http.ResponseWriter, r *http.Request, name string, v view) error {
	counts, err := s.orders.DeliveryCounts(r.Context())
	if err != nil {
		return err
	}
	v.Alerts = counts[attribution.StatusFailed] + counts[attribution.StatusQuarantined]
	v.Site = s.site()
	s.pages.write(w, http.StatusOK, name, v)
	return nil
}

func (s *server) site() site {
	return site{
		Open: true, Shops: shopNames(s.shops), Durability: s.orders.Durability(),
		Loss: s.config.acceptLoss, Demo: s.config.demo, Token: s.config.token != "",
	}
}
