package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// ran is how a run ended.
type ran struct {
	code     int
	out, err string
}

// call runs the program. In its arguments and in what it says, @ stands for the folder.
func call(t testing.TB, dir string, args ...string) ran {
	t.Helper()
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "@", dir)
	}
	var out, err bytes.Buffer
	code := run(args, &out, &err)
	return ran{code, strings.ReplaceAll(out.String(), dir, "@"), strings.ReplaceAll(err.String(), dir, "@")}
}

// copied is a folder with the demo's files, some of them changed. A change to "" is a file
// that is not there.
func copied(t testing.TB, changes map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("demo")))
	for name, text := range changes {
		path := filepath.Join(dir, name)
		if text == "" {
			require.NoError(t, os.Remove(path))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

func reported(t testing.TB, folder fs.FS) *report {
	t.Helper()
	s, err := readSource(folder)
	require.NoError(t, err)
	r, err := s.report()
	require.NoError(t, err)
	return r
}

// demoMade is the demo's report. Tests only read it.
var demoMade = sync.OnceValues(config{demo: true}.report)

func demoReport(t testing.TB) *report {
	t.Helper()
	r, err := demoMade()
	require.NoError(t, err)
	return r
}

func pageOf(t testing.TB, r *report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.writeHTML(&b))
	return b.String()
}

func demoFile(name string) []byte {
	file, err := demo.ReadFile("demo/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return file
}

const oneAccount = "creator,platform,handle,name,followers\nada,instagram,ada.demo,Ada,1200\n"

// bare is a folder with nothing but one name.
func bare() fstest.MapFS {
	return fstest.MapFS{
		"campaign.json": {Data: demoFile("campaign.json")}, "rubric.json": {Data: demoFile("rubric.json")}, "accounts.csv": {Data: []byte(oneAccount)},
	}
}

// allow is a request that anybody may meet, and a rubric that asks for nothing but a record.
func allow(m fstest.MapFS) fstest.MapFS {
	plan := string(m["campaign.json"].Data)
	at, until := strings.Index(plan, "\"min\": 3"), strings.Index(plan, "\"reserve\"")
	m["campaign.json"] = &fstest.MapFile{Data: []byte(plan[:at] + plan[until:])}
	m["rubric.json"] = &fstest.MapFile{Data: []byte(`{"name":"any","version":"1","coverage":0.01,"groups":[{"name":"sales","weight":1,"criteria":[{"metric":"performance.orders_per_post","weight":1,"floor":0,"target":20}]}]}`)}
	return m
}

// crowd is a folder with more creators than pictures and tables have room for.
func crowd() fstest.MapFS {
	const n = 80
	m := allow(bare())
	text := map[string]*strings.Builder{}
	add := func(file, header, format string, args ...any) {
		if text[file] == nil {
			text[file] = &strings.Builder{}
			text[file].WriteString(header + "\n")
		}
		fmt.Fprintf(text[file], format+"\n", args...)
	}
	for i := range n {
		add("accounts.csv", "creator,platform,handle,name,followers,themes", "c%03d,instagram,h%[1]d,Creator number %[1]d,%d,theme %d", i, 1000+i, i%7)
		add("rates.csv", "creator,price,currency", "c%03d,%d.00,EUR", i, 5+i%40)
		add("segments.csv", "creator,segment,people,share", "c%03d,all,2000,0.1", i)
		add("deliveries.csv", "creator,from,until,clicks,posts", "c%03d,2026-03-01,2026-06-01,500,4", i)
		for k := range 1 + i%9 {
			add("orders.csv", "creator,order,clicked,refunded,contribution", "c%03d,o%[1]d-%d,yes,no,5.00", i, k)
		}
	}
	for name, b := range text {
		m[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return m
}

const worstName = "\"'<script>alert(1)</script><img src=x onerror=alert(1)>{{.}}&lt;</style></svg>--><!--" + "averyveryveryverylongnamewithoutanyspaceinit"

// hostile is the demo with a name, a handle and a post that mean harm.
func hostile() fstest.MapFS {
	m := fstest.MapFS{}
	files, err := demo.ReadDir("demo")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, f := range files {
		m[f.Name()] = &fstest.MapFile{Data: demoFile(f.Name())}
	}
	cell := `"` + strings.ReplaceAll(worstName, `"`, `""`) + `"`
	change := func(file, old, new string) {
		m[file] = &fstest.MapFile{Data: bytes.ReplaceAll(m[file].Data, []byte(old), []byte(new))}
	}
	change("accounts.csv", ",Bruno,", ","+cell+",")
	change("accounts.csv", "bruno.demo", "<b>bruno</b>")
	change("posts.csv", "Day 5 of the rye starter", `<img src=x onerror=alert(2)> {{.}} Day 5 of the rye starter`)
	change("comments.csv", "Wow!", `<script>alert(3)</script>`)
	change("reviews.csv", "Reads like a neighbour", `<script>alert(4)</script>`)
	return m
}
