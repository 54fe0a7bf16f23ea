# Planets: objects with attributes, float arithmetic, method calls.
from bench import run


class Body:
    def __init__(self, mass, x, y, z, vx, vy, vz):
        self.mass = mass
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz

    def move(self, dt):
        self.x += dt * self.vx
        self.y += dt * self.vy
        self.z += dt * self.vz


def nbody(steps, bodies, dt):
    for _ in range(steps):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                square = dx * dx + dy * dy + dz * dz
                pull = dt / (square * square**0.5)
                a.vx -= dx * b.mass * pull
                a.vy -= dy * b.mass * pull
                a.vz -= dz * b.mass * pull
                b.vx += dx * a.mass * pull
                b.vy += dy * a.mass * pull
                b.vz += dz * a.mass * pull
        for body in bodies:
            body.move(dt)
    return int(bodies[0].x * 1000000), int(bodies[1].y * 1000000)


def work(n, m):
    bodies = [
        Body(39.478, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        Body(0.03769, 4.841, -1.160, -0.103, 0.606, 2.813, -0.025),
        Body(0.01129, 8.343, 4.125, -0.403, -1.011, 1.826, 0.008),
        Body(0.00172, 12.894, -15.111, -0.223, 1.083, 0.869, -0.011),
        Body(0.00203, 15.380, -25.919, 0.179, 0.979, 0.594, -0.035),
    ]
    return n, (8 * n, bodies, 0.01)


run(work, nbody)
