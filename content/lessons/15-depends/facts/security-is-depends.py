"""Security is Depends with scopes, and a subclass of it on 0.165.0"""
from fastapi.params import Depends, Security

print(issubclass(Security, Depends))
