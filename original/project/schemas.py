"""What comes in and what goes out, as Pydantic models."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    field_validator,
)

from common_passwords import is_common


# region schemas.user_create
def fits_bcrypt(password: str) -> str:
    """bcrypt reads 72 bytes and no more: a longer password must not be cut silently."""
    if len(password.encode()) > 72:
        raise ValueError(
            "password must have at most 72 bytes, because bcrypt reads no more"
        )
    return password


def is_uncommon(password: str) -> str:
    if is_common(password):
        raise ValueError("password is one of the most common: choose another")
    return password


Name = Annotated[str, Field(min_length=1, max_length=50)]
Password = Annotated[
    str,
    Field(min_length=8),
    AfterValidator(fits_bcrypt),
    AfterValidator(is_uncommon),
]
Age = Annotated[int, Field(ge=13, le=120)]
Bio = Annotated[str, Field(max_length=280)]


class UserCreate(BaseModel):
    """The body of POST /users/."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    email: EmailStr
    password: Password
    age: Age | None = None
    bio: Bio | None = None


# endregion


# region schemas.user_update
class UserUpdate(BaseModel):
    """The body of PUT: what is left out is emptied; only the password stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    email: EmailStr
    age: Age | None = None
    bio: Bio | None = None
    password: Password | None = None


# endregion


# region schemas.user_patch
class UserPatch(BaseModel):
    """The body of PATCH: what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    email: EmailStr | None = None
    password: Password | None = None
    age: Age | None = None
    bio: Bio | None = None

    @field_validator("name", "email", "password")
    @classmethod
    def not_null(cls, value: str | None) -> str:
        """Runs for null, but not for a field left out: defaults are not validated."""
        if value is None:
            raise ValueError("may be left out, but not null")
        return value


# endregion


# region schemas.user_out
class UserOut(BaseModel):
    """What anyone may see of a user: no password, no hash."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    email: str
    age: int | None
    bio: str | None
    created_at: datetime


# endregion


# region schemas.token
class Token(BaseModel):
    """The answer to a login, in the words of OAuth2."""

    access_token: str
    token_type: str


# endregion


class Wait(BaseModel):
    """How long a call to the lab was in its handler; both times are from one clock."""

    way: Literal[
        "async",
        "threadpool",
        "blocking",
        "one-at-a-time",
        "connection",
        "connection-async",
    ]
    ms: int
    started: float
    ended: float


class ServiceCall(BaseModel):
    """When a call to another service began and ended; both times are from one clock."""

    started: float
    ended: float
