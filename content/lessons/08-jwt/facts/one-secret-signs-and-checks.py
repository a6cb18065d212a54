"""With HS256 one secret signs and checks, so everyone who can check can also forge."""
import jwt

key_of_the_checking_service = "a key of at least thirty-two bytes"
forged = jwt.encode({"sub": "1", "role": "admin"}, key_of_the_checking_service, algorithm="HS256")
print("accepted:", jwt.decode(forged, key_of_the_checking_service, algorithms=["HS256"]))
