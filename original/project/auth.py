"""Passwords, tokens, and who is calling."""

import math
import os
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import OAuth2PasswordBearer
from pwdlib import PasswordHash
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy.orm import Session

from common_passwords import comparable
from database import get_db
from models import User

SECRET = os.getenv("JWT_SECRET") or secrets.token_hex(32)
ALGORITHM = "HS256"
ISSUER = "viva"
AUDIENCE = "default"
LIFETIME = timedelta(minutes=30)

password_hash = PasswordHash([BcryptHasher(rounds=10)])


# region auth.hash_password
def hash_password(password: str) -> str:
    """Salted, so the same password never has the same hash twice."""
    return password_hash.hash(password)


# endregion


# region auth.verify_password
def verify_password(password: str, hashed_password: str) -> bool:
    """Hashes `password` with the salt of the stored hash and compares the two."""
    if len(password.encode()) > 72:
        return False
    return password_hash.verify(password, hashed_password)


# endregion

# A login of someone unknown is checked against this: it takes as long as any other.
DUMMY_HASH = hash_password(secrets.token_urlsafe())



# region auth.refuse_guessable
def refuse_guessable(password: str, name: str, email: str) -> None:
    """An attacker tries the name and the email first."""
    guesses = [name, email, email.rpartition("@")[0]]
    if comparable(password) in map(comparable, guesses):
        raise HTTPException(
            status_code=status.HTTP_400_BAD_REQUEST,
            detail="Password must not be the name or the email",
        )


# endregion


# region auth.limit_logins
@contextmanager
def limit_logins(address: str, email: str) -> Iterator[None]:
    """Ten wrong passwords a minute for one account from one address, then 429. An
    attempt counts before its password is compared, so that guesses sent at once count
    as well; the right password starts the count anew."""
    account = (address, comparable(email))
    count, ends = begin_attempt(account)
    if count > 10:
        raise HTTPException(
            status_code=status.HTTP_429_TOO_MANY_REQUESTS,
            detail="Too many wrong passwords: try again later",
            headers={"Retry-After": str(max(1, math.ceil(ends - time.monotonic())))},
        )
    yield
    wrong_logins.pop(account, None)


# endregion

# Of this process only: several of them would count in a table or in Redis.
wrong_logins: dict[tuple[str, str], tuple[int, float]] = {}
counting = threading.Lock()


def begin_attempt(account: tuple[str, str]) -> tuple[int, float]:
    """How many attempts there were with this one, and when the count starts anew."""
    now = time.monotonic()
    with counting:
        for each in [key for key, (_, ends) in wrong_logins.items() if ends <= now]:
            del wrong_logins[each]
        count, ends = wrong_logins.get(account, (0, now + 60))
        wrong_logins[account] = (count + 1, ends)
        return wrong_logins[account]


# region auth.create_access_token
def create_access_token(user_id: int) -> str:
    """A signed statement, readable by anyone, of who this is and until when."""
    now = datetime.now(timezone.utc)
    claims = {
        "sub": str(user_id),
        "iat": now,
        "exp": now + LIFETIME,
        "iss": ISSUER,
        "aud": AUDIENCE,
    }
    return jwt.encode(claims, SECRET, algorithm=ALGORITHM)


# endregion

# region auth.oauth2_scheme
# Takes the token out of `Authorization: Bearer <token>`, or answers 401.
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="login")
# endregion


# region auth.decode_token
def decode_token(token: str) -> int:
    """The id of the user that the token names; 401 unless every claim holds."""
    try:
        claims = jwt.decode(
            token,
            SECRET,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            options={"require": ["sub", "iat", "exp", "iss", "aud"]},
        )
    except jwt.InvalidTokenError as error:
        raise credentials_error() from error
    if not re.fullmatch("[1-9][0-9]{0,9}", claims["sub"]):
        raise credentials_error()
    return int(claims["sub"])


# endregion


# region auth.get_current_user
def get_current_user(
    token: Annotated[str, Depends(oauth2_scheme)],
    db: Annotated[Session, Depends(get_db)],
) -> User:
    """The user whose token this is; 401 if the token is bad or the user is gone."""
    user = db.get(User, decode_token(token))
    if user is None:
        raise credentials_error()
    return user


# endregion


def credentials_error() -> HTTPException:
    """One answer for every fault, so that it tells a forger nothing."""
    return HTTPException(
        status_code=status.HTTP_401_UNAUTHORIZED,
        detail="Could not validate credentials",
        headers={"WWW-Authenticate": "Bearer"},
    )
