# What mip reads of JSON, which is all of it. `json` itself comes with the library modules.

_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


class _Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def wrong(self):
        return ValueError("no JSON at character " + str(self.at))

    def peek(self):
        text = self.text
        while self.at < len(text) and text[self.at] in " \t\r\n":
            self.at += 1
        return text[self.at : self.at + 1]

    def take(self, wanted):
        if self.peek() != wanted:
            raise self.wrong()
        self.at += 1

    def value(self, depth):
        first = self.peek()
        if depth == 0:
            raise self.wrong()
        if first == '"':
            return self.string()
        if first == "[":
            return self.several("]", lambda: self.value(depth - 1), [])
        if first == "{":
            return dict(self.several("}", lambda: self.pair(depth - 1), []))
        start = self.at
        while self.text[self.at : self.at + 1] not in "" and self.text[self.at] not in ' \t\r\n,:]}["{':
            self.at += 1
        word = self.text[start : self.at]
        if word in _WORDS:
            return _WORDS[word]
        if word.lstrip("-")[:1].isdigit():
            return float(word) if any(c in word for c in ".eE") else int(word)
        raise self.wrong()

    def pair(self, depth):
        self.peek()
        name = self.string()
        self.take(":")
        return name, self.value(depth)

    def several(self, end, item, items):
        self.at += 1
        if self.peek() != end:
            items.append(item())
            while self.peek() == ",":
                self.at += 1
                items.append(item())
        self.take(end)
        return items

    def string(self):
        self.take('"')
        pieces = []
        while True:
            c = self.text[self.at : self.at + 1]
            self.at += 1
            if c == '"':
                return "".join(pieces)
            if c < " ":
                raise self.wrong()
            if c == "\\":
                c = self.text[self.at : self.at + 1]
                self.at += 1
                c = self.hexadecimal() if c == "u" else _ESCAPES.get(c)
                if c is None:
                    raise self.wrong()
            pieces.append(c)

    def hexadecimal(self):
        code = int(self.text[self.at : self.at + 4], 16)
        self.at += 4
        if 0xD800 <= code < 0xDC00 and self.text[self.at : self.at + 2] == "\\u":
            low = int(self.text[self.at + 2 : self.at + 6], 16)
            self.at += 6
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        return chr(code)


def loads(text):
    reader = _Reader(text)
    value = reader.value(40)
    if reader.peek():
        raise reader.wrong()
    return value
