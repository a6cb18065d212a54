"""FastAPI raises a TypeError, “is not a callable object”"""
from fastapi import Depends, FastAPI

app = FastAPI()


def generator():
    yield 1


async def coroutine():
    return 1


def number():
    return 1


class RequireRole:
    def __call__(self): ...


waiting = coroutine()
for call, result in {
    "generator()": generator(),
    "coroutine()": waiting,
    "number()": number(),
    "RequireRole()": RequireRole(),
}.items():
    try:
        app.get("/")(lambda value=Depends(result): None)
        print(call, "is fine: its result can be called")
    except TypeError as error:
        print(call, "TypeError: ...", str(error)[str(error).index("is not") :])
waiting.close()
