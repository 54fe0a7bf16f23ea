# Building, formatting, searching and cutting text.
from bench import run


def strings(rounds):
    total = 0
    for i in range(rounds):
        key = "item-%04d" % (i % 500)
        row = ",".join([key, str(i), "{:>8}|{:<6}".format(i % 97, i % 13), f"{i % 31:03d}"])
        fields = row.split(",")
        name = fields[0].replace("item", "thing").upper()
        if name.startswith("THING") and "-01" in name:
            total += name.find("1")
        total += len(fields[2].strip()) + int(fields[3]) + (row[5:9] == "0007") + row.count("1")
    return total


run(lambda n, m: (n, (20 * n,)), strings)
