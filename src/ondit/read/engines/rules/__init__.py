"""The built-in engine: deterministic rules over words and grammars that are data of the language packs."""
