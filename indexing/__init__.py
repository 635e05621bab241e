"""Put passages where they can be found: plan, embed, Chroma, keywords, generations."""
