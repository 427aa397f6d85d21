"""`python -m builders` is the command `temario`."""

import sys

try:
    from builders.cli import main

    sys.exit(main())
except KeyboardInterrupt:  # also while modules are still being loaded
    sys.exit(130)
