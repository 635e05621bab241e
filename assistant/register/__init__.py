"""The register of commitments: complete lists of what was promised, by whom, by when."""
