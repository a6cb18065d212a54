"""The smallest route there is."""

from fastapi import APIRouter

# region items.router
router = APIRouter(tags=["items"])
# endregion


# region items.get_items
# Nothing is awaited here, so `async` gains nothing; it costs no thread either.
@router.get("/items")
async def get_items() -> list[str]:
    return ["item1", "item2"]


# endregion
