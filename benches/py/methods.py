# Small objects: attributes, methods, inheritance, properties.
from bench import run


class Shape:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.moves = 0

    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        self.moves += 1
        return self

    def weight(self):
        return self.x * 3 + self.y * 5 + self.area() & 0xFFFF


class Square(Shape):
    def __init__(self, x, y, side):
        super().__init__(x, y)
        self.side = side

    def area(self):
        return self.side * self.side


class Circle(Shape):
    def __init__(self, x, y, radius):
        super().__init__(x, y)
        self.radius = radius

    @property
    def diameter(self):
        return 2 * self.radius

    def area(self):
        return 3 * self.diameter * self.diameter // 4


def methods(rounds):
    shapes = [Square(i, 2 * i, i & 7) if i & 1 else Circle(i, 3 * i, i & 3) for i in range(20)]
    total = 0
    for i in range(rounds):
        for shape in shapes:
            total = (total + shape.move(i & 3, 1).weight()) & 0xFFFFFFF
    return total


run(lambda n, m: (n, (10 * n,)), methods)
