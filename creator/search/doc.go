// Package search filters the caller's own creators by what is known of them.
package search
