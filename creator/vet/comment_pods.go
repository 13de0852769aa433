package vet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// PodOptions say when authors who comment for several creators are a group; nil and zeros
// are the defaults.
type PodOptions struct {
	MinAuthors  int // in a group; below 2 is 3
	MinCreators int // under whose posts all of them are; below 2 is 3
	MinPosts    int // of each of these creators, under which each of them is; below 1 is 3
}

// Pod is a group of authors who comment for the same creators again and again. It may be
// an agreement, or a circle of friends: the comments of both cost nothing and say little.
type Pod struct {
	Creators []byline.CreatorID `json:"creators"`
	Authors  []string           `json:"authors"` // their keys, as in the comments
}

// Pods finds groups of authors who stand, each of them, under several posts of exactly the
// same creators. Creators' own answers are left out, and dossiers of one creator are read
// as one, those without an id too. It takes O(n log n) in all comments;
// pods and what is in them are sorted, the largest first.
func Pods(dossiers []*creator.Dossier, o *PodOptions) []Pod {
	minAuthors, minCreators, minPosts := 3, 3, 3
	if o != nil {
		minAuthors, minCreators, minPosts = atLeast(o.MinAuthors, 2, 3), atLeast(o.MinCreators, 2, 3), atLeast(o.MinPosts, 1, 3)
	}
	circles := map[string][]byline.CreatorID{}
	for _, same := range dossiersByCreator(dossiers) {
		for author, posts := range postsByAuthor(same) {
			if len(posts) >= minPosts {
				circles[author] = append(circles[author], same[0].Profile.ID)
			}
		}
	}
	groups := map[string]*Pod{}
	for author, creators := range circles {
		if len(creators) < minCreators {
			continue
		}
		key := podKey(creators)
		if groups[key] == nil {
			groups[key] = &Pod{Creators: creators}
		}
		groups[key].Authors = append(groups[key].Authors, author)
	}
	var pods []Pod
	for _, p := range groups {
		if len(p.Authors) >= minAuthors {
			slices.Sort(p.Authors)
			pods = append(pods, *p)
		}
	}
	slices.SortFunc(pods, func(a, b Pod) int {
		return cmp.Or(len(b.Authors)-len(a.Authors), slices.Compare(a.Creators, b.Creators))
	})
	return pods
}

func atLeast(n, least, otherwise int) int {
	if n < least {
		return otherwise
	}
	return n
}

// dossiersByCreator are in the order of their creators; none is empty.
func dossiersByCreator(all []*creator.Dossier) (groups [][]*creator.Dossier) {
	sorted := slices.DeleteFunc(slices.Clone(all), func(d *creator.Dossier) bool { return d == nil })
	slices.SortFunc(sorted, func(a, b *creator.Dossier) int { return cmp.Compare(a.Profile.ID, b.Profile.ID) })
	for n, d := range sorted {
		if n == 0 || sorted[n-1].Profile.ID != d.Profile.ID {
			groups = append(groups, nil)
		}
		last := &groups[len(groups)-1]
		*last = append(*last, d)
	}
	return groups
}

func postsByAuthor(dossiers []*creator.Dossier) map[string]map[string]bool {
	posts := map[string]map[string]bool{}
	for _, d := range dossiers {
		for i := range d.Comments {
			c := &d.Comments[i]
			if c.Author == "" || c.ByCreator {
				continue
			}
			if posts[c.Author] == nil {
				posts[c.Author] = map[string]bool{}
			}
			posts[c.Author][string(c.Platform)+"\x00"+c.PostID] = true
		}
	}
	return posts
}

func podKey(creators []byline.CreatorID) string {
	var b strings.Builder
	for _, c := range creators {
		b.WriteString(string(c))
		b.WriteByte(0)
	}
	return b.String()
}

// pod is the share of comments, of those with an author, by the authors of known pods.
func (t *commentThread) pod() creator.Reading {
	s := tally{metric: PodComments, formula: "authors=of_caller"}
	members := make(map[string]bool, len(t.PodAuthors))
	for _, a := range t.PodAuthors {
		if a != "" {
			members[a] = true
		}
	}
	posts := map[string]bool{}
	for _, r := range t.remarks {
		if r.Author == "" {
			continue
		}
		s.judged++
		if members[r.Author] {
			s.hits++
			posts[r.PostID] = true
		}
	}
	s.why = t.authorRefusal(s.judged)
	if len(members) == 0 {
		s.why = fitRefusal("comments.no_pods", "nobody said which authors comment on agreement")
	}
	if s.hits > 0 {
		s.found = []byline.Finding{fitFinding("comments.pod", byline.Info, "authors who were given as a pod wrote %d of %d comments, under %d posts", s.hits, s.judged, len(posts))}
	}
	return t.share(s)
}
