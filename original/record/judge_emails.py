"""Reads emails, one per line, and writes Pydantic's result for each: the address, or a
list with the reason why it is refused."""

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
