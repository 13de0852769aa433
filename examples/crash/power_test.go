//go:build unix

package crash_test

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	safeCycles    = 25
	controlCycles = 40 // it stops at the first loss
)

// TestPowerCut cuts the power again and again under a server that waits for the disk:
// nothing that was answered with 200 may be lost.
//
//nolint:paralleltest // one server at a time, so that a cycle is short
func TestPowerCut(t *testing.T) {
	requireLoopDevices(t)
	answered := 0
	for range safeCycles {
		t.Run("cycle", func(t *testing.T) {
			acked, got := powerCut(t)
			answered += len(acked)
			if got != (audit{}) {
				t.Fatalf("of %d orders answered with 200: %+v", len(acked), got)
			}
		})
	}
	t.Logf("%d cycles, %d orders answered, none lost", safeCycles, answered)
	if answered < 10*safeCycles {
		t.Errorf("only %d orders were answered: the test shows too little", answered)
	}
}

// TestPowerCutControl does the same to a server that was told not to wait for the
// disk. It must lose; otherwise the test above proves nothing.
//
//nolint:paralleltest // one server at a time, so that a cycle is short
func TestPowerCutControl(t *testing.T) {
	requireLoopDevices(t)
	lost := 0
	for i := 0; i < controlCycles && lost == 0; i++ {
		t.Run("cycle", func(t *testing.T) {
			acked, got := powerCut(t, "-accept-loss")
			lost = got.lost
			t.Logf("%d of %d answered orders lost", lost, len(acked))
		})
	}
	if lost == 0 {
		t.Fatalf("%d power cuts without waiting for the disk lost nothing: the emulation does not work here", controlCycles)
	}
}

// powerCut runs the server on a file system in a file, kills it at a random moment, and
// starts it again on a copy of the file as the disk had it. What the file system had
// not yet flushed is not in the copy.
func powerCut(t *testing.T, flags ...string) (acked []int, got audit) {
	t.Helper()
	disk := newDisk(t)
	s := start(t, filepath.Join(disk.mount, "byline.db"), flags...)
	acked = sendUntilKilled(t, s, time.Duration(300+rand.IntN(900))*time.Millisecond)
	db := filepath.Join(disk.cut(t), "byline.db")
	again := start(t, db, flags...)
	settle(t, again)
	again.kill()
	return acked, inspect(t, db, acked)
}

func sendUntilKilled(t *testing.T, s *server, life time.Duration) []int {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var mu sync.Mutex
	var acked []int
	var group sync.WaitGroup
	for sender := range 8 {
		group.Go(func() {
			for id := 1_000_000 + sender; ctx.Err() == nil; id += 8 {
				if post(ctx, s.url, id) {
					mu.Lock()
					acked = append(acked, id)
					mu.Unlock()
				}
			}
		})
	}
	time.Sleep(life)
	s.kill()
	stop()
	group.Wait()
	return acked
}

// disk is an ext4 file system in a file in memory.
type disk struct{ dir, image, mount string }

const memory = "/dev/shm"

func requireLoopDevices(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("power cuts take a while")
	}
	_, errLoop := os.Stat("/dev/loop-control")
	_, errMemory := os.Stat(memory)
	_, errTool := exec.LookPath("mkfs.ext4")
	if os.Geteuid() != 0 || errLoop != nil || errMemory != nil || errTool != nil {
		t.Skip("emulating a power cut needs root, loop devices, " + memory + " and mkfs.ext4")
	}
}

func newDisk(t *testing.T) disk {
	t.Helper()
	dir, err := os.MkdirTemp(memory, "byline-power") //nolint:usetesting // the file must lie in memory
	require.NoError(t, err)
	d := disk{dir: dir, image: filepath.Join(dir, "disk"), mount: filepath.Join(dir, "mnt")}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Truncate(create(t, d.image), 128<<20))
	command(t, "mkfs.ext4", "-q", d.image)
	mount(t, d.image, d.mount)
	return d
}

func create(t *testing.T, path string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	return path
}

// cut copies the disk as it is, lets the file system of the copy recover, and returns
// where it is mounted.
func (d disk) cut(t *testing.T) string {
	t.Helper()
	copied := filepath.Join(d.dir, "after")
	command(t, "cp", "--sparse=always", d.image, copied)
	command(t, "umount", d.mount)
	require.NoError(t, os.Remove(d.image))
	after := filepath.Join(d.dir, "mnt-after")
	mount(t, copied, after)
	return after
}

func mount(t *testing.T, image, at string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(at, 0o700))
	if out, err := exec.Command("mount", "-o", "loop", image, at).CombinedOutput(); err != nil {
		t.Skipf("loop devices cannot be mounted here: %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", at).Run() })
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	require.NoError(t, err, string(out))
}
