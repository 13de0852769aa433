//go:build !race

package tracking_test

const raced = false
