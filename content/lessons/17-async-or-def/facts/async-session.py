"""Since 1.4 there are create_async_engine and AsyncSession"""
# on: SQLAlchemy[asyncio]==1.4.54 aiosqlite==0.20.0
# on: SQLAlchemy[asyncio]==2.1.9 aiosqlite==0.20.0
import asyncio

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine


async def main() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    async with AsyncSession(engine) as db:
        print("  awaited:", (await db.execute(text("SELECT 1"))).scalar())
    await engine.dispose()


asyncio.run(main())
