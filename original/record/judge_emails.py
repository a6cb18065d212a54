"""Reads emails, one a line, and writes for each what Pydantic makes of it: the address, or
the reason for refusing it in a list of one."""

import json
import sys

from pydantic import EmailStr, TypeAdapter, ValidationError

emails = TypeAdapter(EmailStr)

for line in sys.stdin:
    try:
        answer: object = emails.validate_python(json.loads(line))
    except ValidationError as error:
        answer = [error.errors()[0]["ctx"]["reason"]]
    print(json.dumps(answer))
