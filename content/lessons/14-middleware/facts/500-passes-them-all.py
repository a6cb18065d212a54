"""the answer to an unhandled exception is made outside of all the middleware that you add"""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.testclient import TestClient

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://ours.example"])


@app.middleware("http")
async def frame_options(request, call_next):
    response = await call_next(request)
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.get("/boom")
def boom():
    raise ValueError


client = TestClient(app, raise_server_exceptions=False)
for path in ("/nowhere", "/boom"):
    answer = client.get(path, headers={"Origin": "https://ours.example"})
    wanted = {name: answer.headers.get(name) for name in ("x-frame-options", "access-control-allow-origin")}
    print(path, answer.status_code, wanted)
