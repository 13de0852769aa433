// Package stores holds no code: its tests run the conformance suites and the promises
// of attribution/sqlstore and contracts/sqlstore against a real database. They stand
// here, because the library's own module lists no driver.
package stores
