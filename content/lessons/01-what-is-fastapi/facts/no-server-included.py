"""uvicorn isn’t even among the packages that pip install fastapi brings"""
from importlib.metadata import requires

always = [line for line in requires("fastapi") or [] if "extra ==" not in line]
standard = [line for line in requires("fastapi") or [] if 'extra == "standard"' in line]
print("pip install fastapi:", *sorted(line.split(">")[0] for line in always), sep="\n  ")
print("uvicorn among them:", any("uvicorn" in line for line in always))
print("with fastapi[standard]:", any("uvicorn" in line for line in standard))
