// Package crash kills the reference server while it takes orders in, and counts what
// is left. Its tests start real processes; there is nothing to import.
//
// A kill alone cannot tell a safe setting from an unsafe one, because the operating
// system keeps what the process had written. The power cut is emulated on a file
// system inside a file: what was never flushed to the file is gone. It needs root and
// loop devices, and has a control that must lose. On Windows there are no tests here.
package crash
