"""The register of a generation: every commitment of its documents, found by SQL."""
