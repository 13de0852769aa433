package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
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

// written is a folder with journeys.csv in it.
func written(t testing.TB, file string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "journeys.csv"), []byte(file), 0o600))
	return dir
}

const (
	header       = "path,total_conversions,total_conversion_value,total_null\n"
	oneCreator   = header + "ada,40,1200.00,60\nada > ada,10,300.00,5\n"
	noConversion = header + "ada > bruno,0,,12\nbruno,0,,3\n"
)

// reported compares the models on a file without going through the command line.
func reported(t testing.TB, file string) report {
	t.Helper()
	c := config{journeys: "journeys.csv", direct: "direct", currency: byline.EUR, replicates: leastReplicates}
	s, err := readJourneys(strings.NewReader(file), c)
	require.NoError(t, err)
	r, err := s.report(c)
	require.NoError(t, err)
	return r
}

func demoReport(t testing.TB) report {
	t.Helper()
	r, err := config{demo: true, direct: "direct", currency: byline.EUR, replicates: defaultReplicates}.report()
	require.NoError(t, err)
	return r
}

func pageOf(t testing.TB, r report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, r.writeHTML(&b))
	return b.String()
}

const worstName = "\"'<script>alert(1)</script><img src=x onerror=alert(1)>{{.}}&lt;\u202e</style></svg>--><!--\u2028"

// hostileFile has one name in the place of two of its creators.
func hostileFile(name string) string {
	cell := func(format string) string {
		return `"` + strings.ReplaceAll(fmt.Sprintf(format, strings.ReplaceAll(name, ">", "")), `"`, `""`) + `"`
	}
	return header + cell("%[1]s") + ",9,90.00,400\n" + cell("%[1]s > ada > %[1]s-2") + ",30,900.00,200\n" + cell("bruno > %[1]s-2 > cleo") + ",12,100.10,70\n" +
		"dario,3,10.00,90\nella > direct,5,60.00,55\nbruno,9,80.00,300\n"
}

// crowdFile has more creators than pictures and tables have room for.
func crowdFile() string {
	var b strings.Builder
	b.WriteString(header)
	for i := range 80 {
		fmt.Fprintf(&b, "creator-number-%d > creator-number-%d > direct,%d,%d.00,%d\n", i, (i*7+3)%80, i%9+1, 40*(i%9+1), 20+i)
	}
	return b.String()
}
