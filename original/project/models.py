"""The tables, as classes."""

from datetime import datetime, timezone

from sqlalchemy import DateTime, Dialect, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from database import Base


class UtcDateTime(TypeDecorator[datetime]):
    """SQLite keeps no time zone: what was stored as UTC is read back as UTC."""

    impl = DateTime
    cache_ok = True

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        return value.replace(tzinfo=timezone.utc) if value else None


# region models.user
class User(Base):
    __tablename__ = "users"
    # Without it SQLite gives the id of a deleted last user to the next one.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    email: Mapped[str] = mapped_column(String(254), unique=True, index=True)
    age: Mapped[int | None]
    bio: Mapped[str | None] = mapped_column(String(280))
    created_at: Mapped[datetime] = mapped_column(
        UtcDateTime, default=lambda: datetime.now(timezone.utc)
    )
    hashed_password: Mapped[str] = mapped_column(String(60))


# endregion
