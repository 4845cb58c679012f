"""What pages show, worked out from records: plain values for the templates, no HTML."""
