"""How passwords are kept."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the costs that OWASP's Password Storage Cheat Sheet asks for.

    Django's own costs, five times the memory on eight lanes, are for whoever logs one person in at a time.
    Passwords kept with other costs are hashed anew when they are next used.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
