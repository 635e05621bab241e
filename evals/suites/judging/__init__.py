"""Whether replies are right: facts, verdicts, scores, gates, and what people say of them."""
