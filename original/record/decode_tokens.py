"""Reads tokens, one a line, and writes for each the id that `auth.decode_token` of the
original finds in it, or null where it refuses the token."""

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
