"""Servers on a real socket that speak the model vendors' protocols, and answer as they are told to."""
