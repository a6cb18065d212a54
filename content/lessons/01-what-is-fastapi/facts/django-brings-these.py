"""Django brings these and migrations, and they fit together."""
# on: Django==5.2.19
from importlib.util import find_spec

for name, module in {
    "accounts and permissions": "django.contrib.auth",
    "an admin": "django.contrib.admin",
    "pages": "django.template",
    "forms": "django.forms",
    "an ORM": "django.db.models",
    "migrations": "django.db.migrations",
}.items():
    print(f"  {name}:", find_spec(module) is not None)
