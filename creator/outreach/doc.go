// Package outreach renders messages to creators about a post that exists.
package outreach
