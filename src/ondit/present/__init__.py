"""Pure views: a reading in, a string out."""
