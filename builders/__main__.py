"""`python -m builders` is the command `temario`."""

import sys

from builders.cli import main

sys.exit(main())
