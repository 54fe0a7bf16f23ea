# Splitting text and counting words in a dict.
from bench import run


def words(lines, passes):
    counts = {}
    for _ in range(passes):
        for line in lines:
            for word in line.split():
                word = word.strip(".,").lower()
                counts[word] = counts.get(word, 0) + 1
    best = max(counts.values())
    return len(counts), best, sorted([word for word in counts if counts[word] == best])[0]


def work(n, m):
    syllables = ("Ka", "to", "mi", "Re", "na", "lo", "su", "vi")
    seed = 1
    lines = []
    for _ in range(m):
        line = []
        for _ in range(8):
            seed = (seed * 1103 + 12345) % 65536
            line.append(syllables[seed & 7] + syllables[seed >> 4 & 7] + syllables[seed >> 8 & 7])
        lines.append(" ".join(line[:4]) + ", " + " ".join(line[4:]) + ".")
    passes = max(1, 10 * n // m)
    return m * passes, (lines, passes)


run(work, words)
