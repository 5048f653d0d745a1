"""What is known against the packages this project is built on: ``scripts/vulnerabilities``."""
