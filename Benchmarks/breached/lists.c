// Writes a list of generated hashes in their order, HASH:COUNT as the downloadable list has them:
//
//     lists COUNT > FILE
//
// Hashes are spread evenly over all that there are. Of ten hashes one was seen ten times or more, and so on.

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// SplitMix64.
static uint64_t state = 1;

static uint64_t next(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static char *digits(char *text, uint64_t number, int count)
{
    for (int i = count; i-- > 0; number >>= 4)
        text[i] = "0123456789ABCDEF"[number & 15];
    return text + count;
}

int main(int argc, char **argv)
{
    uint64_t count = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
    if (count == 0)
        return 2;
    uint64_t gap = UINT64_MAX / count;
    for (uint64_t i = 0; i < count; i++) {
        char line[64], *end = digits(line, i * gap + next() % gap, 16);
        end = digits(digits(end, next(), 16), next(), 8);
        uint64_t seen = UINT64_MAX / (next() | 1);
        fwrite(line, 1, end - line, stdout);
        printf(":%" PRIu64 "\n", seen < 100000000 ? seen : 100000000);
    }
    return 0;
}
