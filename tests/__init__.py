"""Tests: one file a module, fast and offline; fakes, stage, embedders and checks are what they share."""
