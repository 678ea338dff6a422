"""The tests of reporting rounds."""
