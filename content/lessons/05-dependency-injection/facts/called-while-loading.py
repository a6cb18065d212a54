"""On 0.165.0 the app doesn’t even start: TypeError: <generator object get_db ...> is not a callable object."""
from fastapi import Depends, FastAPI

app = FastAPI()


def get_db():
    yield "session"


try:

    @app.get("/")
    def read(db: str = Depends(get_db())):
        return db

except TypeError as error:
    message = str(error)
    print("TypeError:", message[: message.index(" at ")], "...", message[message.index("is not") :])
