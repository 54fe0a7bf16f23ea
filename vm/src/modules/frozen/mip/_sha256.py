# SHA-256, for the hashes of an index. `hashlib` itself comes with the library modules.


def _roots(power, count):
    # The first 32 bits behind the point of the square or cube roots of the first primes.
    found = []
    number = 2
    while len(found) < count:
        if all(number % other for other in range(2, number)):
            scaled = number << 32 * power
            low, high = 0, 1 << 40
            while low < high:
                middle = (low + high + 1) >> 1
                if middle**power <= scaled:
                    low = middle
                else:
                    high = middle - 1
            found.append(low & 0xFFFFFFFF)
        number += 1
    return found


_START = _roots(2, 8)
_ROUNDS = _roots(3, 64)


def _turn(x, by):
    return (x >> by | x << (32 - by)) & 0xFFFFFFFF


def sha256(data):
    # The digest as hexadecimal digits.
    data = bytes(data)
    bits = len(data) * 8
    data += b"\x80" + bytes(-(len(data) + 9) % 64) + bits.to_bytes(8, "big")
    state = _START
    for start in range(0, len(data), 64):
        words = [int.from_bytes(data[at : at + 4], "big") for at in range(start, start + 64, 4)]
        for at in range(16, 64):
            x, y = words[at - 15], words[at - 2]
            s0 = _turn(x, 7) ^ _turn(x, 18) ^ x >> 3
            s1 = _turn(y, 17) ^ _turn(y, 19) ^ y >> 10
            words.append((words[at - 16] + s0 + words[at - 7] + s1) & 0xFFFFFFFF)
        a, b, c, d, e, f, g, h = state
        for at in range(64):
            s1 = _turn(e, 6) ^ _turn(e, 11) ^ _turn(e, 25)
            first = h + s1 + (e & f ^ ~e & g) + _ROUNDS[at] + words[at]
            s0 = _turn(a, 2) ^ _turn(a, 13) ^ _turn(a, 22)
            second = s0 + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = (first + second) & 0xFFFFFFFF, a, b, c, (d + first) & 0xFFFFFFFF, e, f, g
        state = [(old + new) & 0xFFFFFFFF for old, new in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join("{:08x}".format(word) for word in state)
