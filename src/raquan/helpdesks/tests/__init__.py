"""Tests of the help desk room."""
