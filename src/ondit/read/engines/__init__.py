"""Engines that read a document; one contract, `rules` is built in."""
