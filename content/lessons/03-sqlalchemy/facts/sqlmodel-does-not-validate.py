"""Hero(age=-5) passes a field that says ge=0"""
from sqlmodel import Field, SQLModel


class HeroBase(SQLModel):
    age: int = Field(ge=0)


class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)


print("table=True:", Hero(age=-5).age)
try:
    HeroBase(age=-5)
except ValueError as error:
    print("without:", error.errors()[0]["type"])
