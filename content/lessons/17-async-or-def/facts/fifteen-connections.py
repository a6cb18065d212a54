"""fifteen were answered 200 and twenty-five 500"""
import asyncio
import logging
import threading
from collections import Counter
from typing import Annotated

import httpx2
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

logging.disable()
engine = create_engine("sqlite:///viva.db", pool_timeout=0.5)  # 30 seconds unless told otherwise
app = FastAPI()
query_ends = threading.Event()


def get_db():
    with Session(engine) as db:
        yield db


@app.get("/")
def slow_query(db: Annotated[Session, Depends(get_db)]):
    db.execute(text("SELECT 1"))
    query_ends.wait(60)


async def main() -> None:
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", timeout=60) as client:
        calls = [asyncio.create_task(client.get("/")) for _ in range(40)]
        while sum(call.done() for call in calls) < 25:
            await asyncio.sleep(0.05)
        query_ends.set()
        answers = await asyncio.gather(*calls)
    print("40 at once:", dict(sorted(Counter(each.status_code for each in answers).items())))


asyncio.run(main())
