"""Django's PostgreSQL, with connections that are not asked each time whether they are still there."""
