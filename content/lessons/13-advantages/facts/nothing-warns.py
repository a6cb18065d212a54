"""nothing warns you unless asyncio’s debug mode is on"""
import asyncio
import logging
import time


class Printed(logging.Handler):
    def emit(self, record):
        text = record.getMessage()
        print(f"  {record.levelname}: {text[:9]} ...{text[text.rindex(' took') : text.rindex(' took') + 5]} ...")


logging.getLogger("asyncio").addHandler(Printed())


async def handler() -> None:
    time.sleep(0.2)  # blocks the event loop


for debug in (False, True):
    print("debug mode" if debug else "as usual")
    asyncio.run(handler(), debug=debug)
