"""Who said what: statements, their speakers, cues, labels and chains."""
