"""Tests: one file a module, fast and offline; what they share stands in fakes, stage, embedders and checks."""
