"""A reader of filters of breached passwords, from what docs/breached.md says of the file and from nothing else."""

import struct
from bisect import bisect_right
from pathlib import Path

WORD = (1 << 64) - 1


def mix(x: int) -> int:
    x = (x ^ x >> 33) * 0xff51afd7ed558ccd & WORD
    x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53 & WORD
    return x ^ x >> 33


def checksum(numbers: tuple[int, ...], seed: int) -> int:
    for number in numbers:
        seed = ((seed << 29 & WORD | seed >> 35) ^ number) * 0x9e3779b97f4a7c15 & WORD
    return seed


class Filter:
    """A filter, of which every sector is checked."""

    def __init__(self, path: Path):
        file = path.read_bytes()
        assert len(file) % 512 == 0
        self._sectors = [struct.unpack_from("<64Q", file, start) for start in range(0, len(file), 512)]
        header = self._sector(0, 0)
        assert struct.pack("<Q", header[0]) == b"breached" and header[1] == 1 and not any(header[9:63])
        self.function, self.fingerprint_bits, self.least_count, self.keys, shards, slot_sectors, identity = header[2:9]
        table = [self._sector(number, identity) for number in range(1 + slot_sectors, len(self._sectors))]
        entries = [sector[3 * index:3 * index + 3] for sector in table for index in range(21)]
        assert len(table) == -(-shards // 21) and not any(map(any, entries[shards:]))
        self._first_keys = [key for key, _, _ in entries[:shards]]
        assert self._first_keys == sorted(self._first_keys)

        self.width = self.fingerprint_bits + 3
        self._shards, first, mixed = [], 1, 0
        for _, seed, shape in entries[:shards]:
            mixed = mix(mixed ^ seed)
            bits, starts = shape & 255, shape >> 8
            count = -(-((starts + 2) << bits) // (4032 // self.width))
            slots = [self._sector(number, seed) for number in range(first, first + count)]
            self._shards.append((seed, bits, starts, slots))
            first += count
        assert first == 1 + slot_sectors and mixed == identity

    def _sector(self, number: int, seed: int) -> tuple[int, ...]:
        sector = self._sectors[number]
        assert sector[63] == checksum(sector[:63], seed + number & WORD), number
        return sector[:63]

    def least_seen(self, hash: bytes) -> int | None:
        """The power of ten that the count of a hash reaches; nothing if the filter does not know it."""
        key = int.from_bytes(hash[:8]) & ~7
        index = bisect_right(self._first_keys, key) - 1
        if index < 0:
            return None
        seed, bits, starts, sectors = self._shards[index]
        h = mix(key + seed & WORD)
        first = h * (starts << bits) >> 64
        value = 0
        for slot in (first, first + (1 << bits) ^ (h >> 18) % (1 << bits), first + (2 << bits) ^ h % (1 << bits)):
            sector, place = divmod(slot, 4032 // self.width)
            number = int.from_bytes(struct.pack("<63Q", *sectors[sector]), "little")
            value ^= number >> self.width * place & (1 << self.width) - 1
        known = value >> 3 == (h * 0x9e3779b97f4a7c15 & WORD) >> 64 - self.fingerprint_bits
        return 10 ** (value & 7) if known else None
