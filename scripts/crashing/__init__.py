"""Audits that are killed at random moments, and what must hold of the store they leave."""
