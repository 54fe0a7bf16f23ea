# Shortest ways through a grid: dicts with tuple keys, a list as a heap, sets.
from bench import run


def push(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at:
        above = (at - 1) >> 1
        if heap[above] <= item:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = item


def pop(heap):
    first = heap[0]
    item = heap.pop()
    size = len(heap)
    if size:
        at = 0
        while True:
            below = 2 * at + 1
            if below >= size:
                break
            if below + 1 < size and heap[below + 1] < heap[below]:
                below += 1
            if item <= heap[below]:
                break
            heap[at] = heap[below]
            at = below
        heap[at] = item
    return first


def graph(size):
    cost = {(x, y): (x * 7 + y * 13) % 10 + 1 for x in range(size) for y in range(size)}
    best = {(0, 0): 0}
    done = set()
    heap = [(0, (0, 0))]
    while heap:
        so_far, place = pop(heap)
        if place in done:
            continue
        done.add(place)
        x, y = place
        for there in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if there in cost:
                total = so_far + cost[there]
                if there not in best or total < best[there]:
                    best[there] = total
                    push(heap, (total, there))
    return best[(size - 1, size - 1)], len(done)


def work(n, m):
    size = 8
    while size * size < n // 2:
        size += 2
    return size * size, (size,)


run(work, graph)
