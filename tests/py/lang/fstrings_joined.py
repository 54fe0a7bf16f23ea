# pyrite: board
# f-strings beside other literals, with braces in them, and over lines.
n = 42
print(f"a" "b" f"{n}" "c", "{}" f"{n}", f"{n}" "{x}", f"{n = } {n !r:>5}")
print(f"""multi
{n}
line""", rf"\d{n}", f"\t{n}\n" == "\t42\n")
print(f"{n:{'>'}{n // 7}}|", f"{f'{n}' + 'x'}")
