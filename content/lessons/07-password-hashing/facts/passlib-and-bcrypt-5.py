"""hashing one character raised “password cannot be longer than 72 bytes”"""
import logging

from passlib.hash import bcrypt

logging.disable()
try:
    bcrypt.hash("x")
except ValueError as error:
    print("ValueError:", str(error).split(",")[0])
