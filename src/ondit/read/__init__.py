"""Document → claims: the engines that read."""
