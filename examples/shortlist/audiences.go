package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

// audiences are sketches of who follows whom. A creator who is not in it has an audience
// that nobody has seen, which is not an empty one.
type audiences map[byline.CreatorID]*reach.Sketch

// maxSegment bounds the people of a segment.
const maxSegment = 5_000_000

// readAudiences takes ids from audience/<creator>.txt, one on a line, and draws the others
// by segments.csv, where there is one.
func (s *source) readAudiences(folder fs.FS, known map[byline.CreatorID]bool) error {
	s.audiences = audiences{}
	for id := range known {
		if err := s.audiences.readIDs(folder, id, &s.campaign.Segments.Sketch); err != nil {
			return err
		}
	}
	t, err := readTable(folder, "segments.csv", "creator", "segment", "people", "share")
	if err != nil {
		return err
	}
	seed := s.campaign.Segments.Seed
	for i, row := range t.rows {
		id := t.creator(i, known)
		people, _ := t.number(i, "people")
		share, _ := t.number(i, "share")
		if people > maxSegment || share > 1 {
			t.fault(i, "a segment has up to %d people, and a share is from 0 to 1", maxSegment)
			continue
		}
		if err := s.audiences.draw(id, &s.campaign.Segments.Sketch, spread(seed, row["segment"]), spread(seed, string(id)+"/"+row["segment"]), int(people), share); err != nil {
			return err
		}
	}
	return errors.Join(t.faults...)
}

// sketch is that of a creator, made empty where there is none.
func (a audiences) sketch(id byline.CreatorID, o *reach.SketchOptions) (*reach.Sketch, error) {
	if a[id] == nil {
		s, err := reach.NewSketch(o)
		if err != nil {
			return nil, err
		}
		a[id] = s
	}
	return a[id], nil
}

func (a audiences) readIDs(folder fs.FS, id byline.CreatorID, o *reach.SketchOptions) error {
	name := "audience/" + string(id) + ".txt"
	if !fs.ValidPath(name) {
		return nil // an id that is no name of a file has no file
	}
	f, err := open(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	s, err := a.sketch(id, o)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if line := lines.Bytes(); len(line) > 0 {
			s.AddBytes(line)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// draw adds a share of the people of a segment: those whose number, spread by what is the
// creator's own, is low enough. Two creators of one segment so share what chance gives them.
func (a audiences) draw(id byline.CreatorID, o *reach.SketchOptions, segment, own uint64, people int, share float64) error {
	s, err := a.sketch(id, o)
	if err != nil {
		return err
	}
	for k := range uint64(people) {
		if float64(mix(own^mix(k))>>11)/(1<<53) < share {
			s.AddHash(mix(segment + k))
		}
	}
	return nil
}

// spread is a number for a text: FNV-1a with a seed.
func spread(seed uint64, text string) uint64 {
	h := 14695981039346656037 ^ mix(seed)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return mix(h)
}

// mix is the finaliser of SplitMix64.
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
