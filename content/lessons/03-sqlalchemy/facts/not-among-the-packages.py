"""Neither the package nor its extra fastapi[all] lists SQLAlchemy"""
from importlib.metadata import requires

wanted = requires("fastapi") or []
print("packages named, extras included:", len(wanted) > 10)
print("SQLAlchemy among them:", any("sqlalchemy" in line.lower() for line in wanted))
