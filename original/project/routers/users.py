"""People: anyone may sign up and look, only the owner may change."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auth import get_current_user, hash_password, refuse_guessable
from database import get_db
from models import User
from schemas import UserCreate, UserOut, UserPatch, UserUpdate

# The largest INTEGER of most databases. SQLite's driver fails on a far larger one.
MAX_INTEGER = 2_147_483_647

UserId = Annotated[int, Path(ge=1, le=MAX_INTEGER)]

# What the documentation says of each refusal; a 422 it names by itself.
Responses = dict[int | str, dict[str, Any]]
REFUSED: Responses = {
    400: {
        "description": "Email already registered, or a password that is easily guessed"
    }
}
NOT_SIGNED_IN: Responses = {401: {"description": "Not authenticated"}}
NOT_FOUND: Responses = {404: {"description": "User not found"}}
OWNER_ONLY: Responses = {
    **NOT_SIGNED_IN,
    403: {"description": "Not allowed to change another user"},
    **NOT_FOUND,
}

# region users.router
router = APIRouter(prefix="/users", tags=["users"])
# endregion


# region users.create_user
@router.post(
    "/",
    response_model=UserOut,
    status_code=status.HTTP_201_CREATED,
    responses=REFUSED,
)
def create_user(user: UserCreate, db: Annotated[Session, Depends(get_db)]) -> User:
    refuse_guessable(user.password, user.name, user.email)
    row = User(
        **user.model_dump(exclude={"password"}),
        hashed_password=hash_password(user.password),
    )
    # region users.create_user.insert
    db.add(row)
    try:
        db.commit()
    except IntegrityError as error:
        db.rollback()
        raise HTTPException(
            status_code=status.HTTP_400_BAD_REQUEST, detail="Email already registered"
        ) from error
    # endregion
    return row


# endregion


# region users.list_users
@router.get("/", response_model=list[UserOut])
def list_users(
    db: Annotated[Session, Depends(get_db)],
    skip: Annotated[int, Query(ge=0, le=MAX_INTEGER)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> Sequence[User]:
    return db.scalars(select(User).order_by(User.id).offset(skip).limit(limit)).all()


# endregion


# region users.read_me
# Stands above /{user_id}: the first path that matches wins, and "me" is no integer.
@router.get("/me", response_model=UserOut, responses=NOT_SIGNED_IN)
def read_me(current_user: Annotated[User, Depends(get_current_user)]) -> User:
    return current_user


# endregion


# region users.get_user
@router.get("/{user_id}", response_model=UserOut, responses=NOT_FOUND)
def get_user(user_id: UserId, db: Annotated[Session, Depends(get_db)]) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    return user


# endregion


# region users.replace_user
@router.put("/{user_id}", response_model=UserOut, responses=OWNER_ONLY | REFUSED)
def replace_user(
    user_id: UserId,
    update: UserUpdate,
    current_user: Annotated[User, Depends(get_current_user)],
    db: Annotated[Session, Depends(get_db)],
) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    if user.id != current_user.id:
        raise HTTPException(
            status_code=403, detail="Not allowed to change another user"
        )

    for field, value in update.model_dump(exclude={"password"}).items():
        setattr(user, field, value)
    if update.password is not None:
        refuse_guessable(update.password, user.name, user.email)
        user.hashed_password = hash_password(update.password)
    try:
        db.commit()
    except IntegrityError as error:
        db.rollback()
        raise HTTPException(
            status_code=400, detail="Email already registered"
        ) from error
    return user


# endregion


# region users.patch_user
@router.patch("/{user_id}", response_model=UserOut, responses=OWNER_ONLY | REFUSED)
def patch_user(
    user_id: UserId,
    patch: UserPatch,
    current_user: Annotated[User, Depends(get_current_user)],
    db: Annotated[Session, Depends(get_db)],
) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    if user.id != current_user.id:
        raise HTTPException(
            status_code=403, detail="Not allowed to change another user"
        )

    changes = patch.model_dump(exclude_unset=True)
    password = changes.pop("password", None)
    for field, value in changes.items():
        setattr(user, field, value)
    if password is not None:
        refuse_guessable(password, user.name, user.email)
        user.hashed_password = hash_password(password)
    try:
        db.commit()
    except IntegrityError as error:
        db.rollback()
        raise HTTPException(
            status_code=400, detail="Email already registered"
        ) from error
    return user


# endregion


# region users.delete_user
@router.delete("/{user_id}", status_code=204, responses=OWNER_ONLY)
def delete_user(
    user_id: UserId,
    current_user: Annotated[User, Depends(get_current_user)],
    db: Annotated[Session, Depends(get_db)],
) -> None:
    user = db.get(User, user_id)
    if user is None:
        raise HTTPException(status_code=404, detail="User not found")
    if user.id != current_user.id:
        raise HTTPException(
            status_code=403, detail="Not allowed to change another user"
        )
    db.delete(user)
    db.commit()


# endregion
