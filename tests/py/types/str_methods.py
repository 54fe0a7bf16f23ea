# pyrite: board
# Methods of str.
s = "Hello, World"
print(s.lower(), s.upper(), s.find("o"), s.find("o", 5), s.rfind("o"), s.find("zz"), s.find("o", 5, 7), s.count("l"), s.count(""))
print(s.replace("l", "L"), s.replace("l", "", 2), s.split(", "), s.split("l", 1), s.rsplit("l", 1))
print("  pad \n".strip(), "xxaxx".strip("x"), "xxaxx".lstrip("x"), "xxaxx".rstrip("x"), "abc".strip("abc") == "")
print("a  b c ".split(), "a,b,,c".split(","), "".split(), "".split(","), " a b ".split(" "), "a b c d".split(None, 2), "a b c d".rsplit(None, 2))
print(s.startswith("Hell"), s.startswith("World", 7), s.endswith("ld"), "abc".endswith(""))
print("-".join(["a", "b", "c"]), "".join([]), ",".join("xyz"), "x".join(("only",)))
print("abc".isalpha(), "ab1".isalpha(), "12".isdigit(), "1a".isdigit(), " \t".isspace(), "abc".islower(), "ABC".isupper(), "aB".islower(), "".isdigit())
print("key=value=x".partition("="), "key".partition("="), "a.b.c".rpartition("."), "abc".rpartition("."))
print("a\nb\r\nc".splitlines(), "x".center(5) + "|", "ab" * 3, 2 * "xy", "ab" * 0, "ab" * -1 == "")
print("b" in "abc", "bd" in "abc", "" in "abc", "a" < "b", "abc" < "abd", "abc" < "ab", "a" == "a", "Z" < "a", max("hello"), min("hello"))
print(ord("a"), chr(98), ord("é"), chr(8364), [c for c in "aé€"], len("aé€"), "aé€"[1], "aé€"[::-1], "aé€".encode())
print(repr("it's"), repr('say "x"'), repr("both ' and \""), repr("\t\n\\\x00\x7f"), repr("é"), str(b"abc", "utf-8"), b"\xe2\x82\xac".decode())
print("%s" % (1,), "%s %s" % ("a", (1, 2)), "%5s|%-5s|%05d|%+d|%x|%o|%e|%g" % ("a", "b", 42, 5, 255, 8, 1234.5, 0.5))
for f in (lambda: "abc".index("d"), lambda: "a" + 1, lambda: "abc"[5], lambda: int("a"), lambda: chr(-1), lambda: "a" * "b", lambda: "x".join([1]), lambda: "abc".split("")):
    try:
        print(f())
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__)
print(hash("abc") == hash("ab" + "c"), {"a" + "bc": 1}["abc"], str(), str(5), str([1, "a"]), str(None))
print(sorted("hello"), list(reversed("abc")), list(enumerate("ab")), list(zip("ab", "cd")), "abc".find("c", -1), "aXbX".find("X", 2))
