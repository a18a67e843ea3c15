"""One folder a language: tables of words and templates, no logic."""
