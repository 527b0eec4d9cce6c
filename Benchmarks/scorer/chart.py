"""Time against length, as a drawing."""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 20, 50
COLOURS = ["#0b57d0", "#b3261e", "#b06000", "#146c2e", "#6a3fb5"]


@dataclass(frozen=True)
class Line:
    """Seconds by length."""

    name: str
    points: list[tuple[int, float]]
    colour: str
    is_dashed: bool


def svg(lines: list[Line], goal: float) -> str:
    """Both axes are logarithmic; a line ends where a password takes longer than the drawing shows."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13" role="img" aria-labelledby="title">',
        '<title id="title">Time to score one password, by its length, ordinary and hostile</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(), *goal_line(goal), *(path(line) for line in lines), *legend(lines), "</svg>", ""])


def x(length: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log2(length) / 10


def y(seconds: float) -> float:
    """From a microsecond to ten seconds."""
    share = (math.log10(min(max(seconds, 1e-6), 10)) + 6) / 7
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def axes() -> list[str]:
    parts = []
    for power in range(11):
        at = x(1 << power)
        parts.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e3e3e3"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{1 << power:,}</text>')
    for power, name in zip(range(-6, 2), ["1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]):
        at = y(10.0 ** power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#e3e3e3"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{name}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">length in UTF-16 units</text>')
    return parts


def goal_line(seconds: float) -> list[str]:
    return [f'<path d="M{LEFT} {y(seconds):.1f}H{WIDTH - RIGHT}" stroke="#1f1f1f" stroke-dasharray="2 4"/>',
            f'<text x="{LEFT + 6}" y="{y(seconds) - 6:.1f}">no password above this</text>']


def path(line: Line) -> str:
    points = " ".join(f"{x(length):.1f},{y(seconds):.1f}" for length, seconds in line.points)
    return f'<polyline points="{points}" fill="none" stroke-width="2" {stroke(line)}/>'


def legend(lines: list[Line]) -> list[str]:
    parts = []
    for index, line in enumerate(lines):
        at = TOP + 14 + 22 * index
        parts.append(f'<path d="M{WIDTH - RIGHT + 14} {at - 4}h26" stroke-width="2" {stroke(line)}/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 46}" y="{at}">{line.name}</text>')
    return parts


def stroke(line: Line) -> str:
    return f'stroke="{line.colour}"' + (' stroke-dasharray="6 4"' if line.is_dashed else "")
