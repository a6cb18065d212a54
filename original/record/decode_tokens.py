"""Reads tokens, one per line, and writes for each the id that the original's
`auth.decode_token` finds in it, or null if it refuses the token."""

import json
import sys

from fastapi import HTTPException

from auth import decode_token

for line in sys.stdin:
    try:
        found = decode_token(json.loads(line))
    except HTTPException:
        found = None
    print(json.dumps(found))
