"""Characters to words: folding with offsets kept, scripts, tokens, sentences, quotations. Knows no language, only settings."""
