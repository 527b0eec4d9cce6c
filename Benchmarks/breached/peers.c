// What a filter is compared with: a Bloom filter of the same rate, and the list itself as a sorted file, all in memory.
// Neither says how often a password was seen, nor notices that a bit of it is wrong.
//
//     peers LIST BITS PROBES
//
// LIST has HASH:COUNT in each line, in order. The rate is 2 to the power of -BITS. PROBES is how many other hashes are
// asked. Prints a line `what value` for each figure.

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HASH = 20 };

static size_t count;
static uint64_t *heads;        // the first eight bytes of each hash, in order
static unsigned char *hashes;  // each hash, in order

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static void *memory(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory)
        exit(1);
    return memory;
}

static void read_list(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        exit(1);
    char line[128];
    while (fgets(line, sizeof line, file))
        count++;
    heads = memory(count * sizeof *heads);
    hashes = memory(count * HASH);
    rewind(file);
    for (size_t i = 0; i < count && fgets(line, sizeof line, file); i++) {
        for (int j = 0; j < 2 * HASH; j++) {
            unsigned char *byte = hashes + i * HASH + j / 2;
            *byte = *byte << 4 | (line[j] <= '9' ? line[j] - '0' : line[j] - 'A' + 10);
        }
        for (int j = 0; j < 8; j++)
            heads[i] = heads[i] << 8 | hashes[i * HASH + j];
    }
    fclose(file);
}

// The Bloom filter: 1.44 bits for each key and bit of the rate, as many places for a key as the rate has bits, found by
// double hashing.

static uint64_t bloom_size, *bloom;
static int places;

static uint64_t place(uint64_t head, int i)
{
    uint64_t hash = mix(head) + i * (mix(head ^ 0x9e3779b97f4a7c15) | 1);
    return (unsigned __int128)hash * bloom_size >> 64;
}

static void fill_bloom(void)
{
    bloom_size = ceil(count * places / log(2));
    bloom = memory(bloom_size / 8 + 8);
    for (size_t i = 0; i < count; i++)
        for (int j = 0; j < places; j++) {
            uint64_t bit = place(heads[i], j);
            bloom[bit / 64] |= UINT64_C(1) << bit % 64;
        }
}

static int is_in_bloom(uint64_t head, const unsigned char *hash)
{
    (void)hash;
    for (int j = 0; j < places; j++) {
        uint64_t bit = place(head, j);
        if (!(bloom[bit / 64] >> bit % 64 & 1))
            return 0;
    }
    return 1;
}

// The sorted files.

static int is_in_heads(uint64_t head, const unsigned char *hash)
{
    (void)hash;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (heads[middle] < head)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && heads[low] == head;
}

static int is_in_hashes(uint64_t head, const unsigned char *hash)
{
    (void)head;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(hashes + middle * HASH, hash, HASH) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && memcmp(hashes + low * HASH, hash, HASH) == 0;
}

// The time that the processor has worked for this program, in nanoseconds.
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

// Looks up hashes of the list in no order, then others, and says how long one takes and how many of the others are found.
static void measure(const char *name, int (*is_in)(uint64_t, const unsigned char *), size_t probes)
{
    enum { SAMPLE = 1 << 20 };
    size_t *sample = memory(SAMPLE * sizeof *sample);
    uint64_t *others = memory(probes * sizeof *others);
    for (size_t i = 0; i < SAMPLE; i++)
        sample[i] = mix(i + 1) % count;
    for (size_t i = 0; i < probes; i++)
        others[i] = mix(mix(i + 1) + 7);

    double began = now();
    size_t found = 0;
    for (size_t i = 0; i < SAMPLE; i++)
        found += is_in(heads[sample[i]], hashes + sample[i] * HASH);
    printf("%s-present-ns\t%g\n", name, (now() - began) / SAMPLE);
    printf("%s-missed\t%zu\n", name, SAMPLE - found);

    began = now();
    found = 0;
    for (size_t i = 0; i < probes; i++) {
        unsigned char hash[HASH] = {0};
        for (int j = 0; j < 8; j++)
            hash[j] = others[i] >> (56 - 8 * j);
        found += is_in(others[i], hash);
    }
    printf("%s-absent-ns\t%g\n", name, (now() - began) / probes);
    printf("%s-false-positives\t%zu\n", name, found);
    free(sample);
    free(others);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    places = atoi(argv[2]);
    size_t probes = strtoull(argv[3], NULL, 10);
    read_list(argv[1]);
    double began = now();
    fill_bloom();
    printf("bloom-fill-ns\t%g\n", (now() - began) / count);
    printf("bloom-bytes\t%" PRIu64 "\n", bloom_size / 8);
    measure("bloom", is_in_bloom, probes);
    measure("heads", is_in_heads, probes);
    measure("hashes", is_in_hashes, probes);
    return 0;
}
