"""`python -m ondit` is `ondit`."""

import sys

from ondit.cli import main

sys.exit(main())
