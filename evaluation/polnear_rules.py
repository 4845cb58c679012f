"""Adapter of `polnear-rules`: PolNeAR's attributions as the rules read them, with nothing learnt from its training split."""

from evaluation.polnear import predict_by_rules as predict
from evaluation.polnear import score

__all__ = ["predict", "score"]
