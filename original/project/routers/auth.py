"""The login: a form comes in, a token goes out."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, status
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth import DUMMY_HASH, create_access_token, limit_logins, verify_password
from database import get_db
from models import User
from schemas import Token

# region auth.router
router = APIRouter(tags=["auth"])
# endregion


# region auth.login
@router.post(
    "/login",
    responses={
        401: {"description": "Incorrect email or password"},
        429: {"description": "Too many wrong passwords"},
    },
)
def login(
    request: Request,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    db: Annotated[Session, Depends(get_db)],
) -> Token:
    address = request.client.host if request.client else ""
    # OAuth2 calls the field `username`; here it holds the email.
    with limit_logins(address, form.username):
        user = db.scalar(select(User).where(User.email == form.username))
        hashed_password = user.hashed_password if user else DUMMY_HASH
        if not verify_password(form.password, hashed_password) or user is None:
            raise HTTPException(
                status_code=status.HTTP_401_UNAUTHORIZED,
                detail="Incorrect email or password",
                headers={"WWW-Authenticate": "Bearer"},
            )
    return Token(access_token=create_access_token(user.id), token_type="bearer")


# endregion
