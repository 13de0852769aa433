package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"sync/atomic"
)

// readSize is how much is asked of a file at once.
const readSize = 256 << 10

// input is a file of orders or offers, unpacked where it is packed.
type input struct {
	io.Reader

	name  string
	size  int64 // of the file as it lies on the disk; 0: not known
	read  atomic.Int64
	peek  []byte // how it begins
	close func() error
}

// open opens a path, or the standard input.
func open(ctx context.Context, path string, stdin io.Reader) (*input, error) {
	in := &input{name: path, close: func() error { return nil }}
	from := stdin
	if path == standardInput {
		in.name = "the standard input"
	} else {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			err = &os.PathError{Op: "open", Path: path, Err: errors.New("is a folder")}
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if info.Mode().IsRegular() {
			in.size = info.Size()
		}
		from, in.close = f, f.Close
	}
	if in.size == 0 {
		from = interruptible(ctx, from)
	}
	return in, in.unpack(from)
}

// unpack looks whether the file is gzip by its first bytes, whatever its name.
func (in *input) unpack(from io.Reader) error {
	buffered := bufio.NewReaderSize(&counted{from, &in.read}, readSize)
	in.Reader = buffered
	if start, _ := buffered.Peek(2); string(start) == "\x1f\x8b" { // RFC 1952, 2.3.1
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return errors.Join(err, in.close())
		}
		buffered = bufio.NewReaderSize(unpacked, readSize)
		in.Reader = buffered
	}
	// An error comes again when it is read.
	start, _ := buffered.Peek(maxHint)
	in.peek = append(in.peek, start...)
	return nil
}

// counted counts what is read.
type counted struct {
	from io.Reader
	read *atomic.Int64
}

// Read reads from below.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// interruptible gives up waiting for a pipe when ctx ends. Somebody who types, or a
// program that has stopped writing, would else hold Ctrl-C up. What waits stays behind
// until the process ends.
func interruptible(ctx context.Context, from io.Reader) io.Reader {
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { _ = w.CloseWithError(ctx.Err()) }) // it has no error
	go func() {
		_, err := io.Copy(w, from)
		_ = w.CloseWithError(err)
	}()
	return r
}
