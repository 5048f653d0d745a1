"""Distributed engines held against each other on the heavy stages of an audit: features, and the join of features."""
