"""How fast it is, side by side with what one would take instead: `python -m bench.speed`, or `make bench`."""
