#!/usr/bin/env python
"""The command line of Voice2Task."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

# What is imported stays: looking through it ten times meanwhile takes a seventh of the start.
IMPORTED_OBJECTS = 50_000

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")
    gc.set_threshold(IMPORTED_OBJECTS)
    execute_from_command_line(sys.argv)
