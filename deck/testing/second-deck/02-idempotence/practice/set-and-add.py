"""Setting a value twice is setting it once."""
counter = {"set": 0, "added": 0}
history = {"set": [], "added": []}

for _ in range(2):
    counter["set"] = 1
    counter["added"] += 1
    for name, value in counter.items():
        history[name].append(value)

for values in history.values():
    print(*values)
