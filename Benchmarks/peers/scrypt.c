/* scrypt N R P: one bare scrypt by libcrypto for each line read; writes the nanoseconds that it took. */

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 4)
        return 2;
    unsigned long long n = strtoull(arguments[1], NULL, 10);
    unsigned long long r = strtoull(arguments[2], NULL, 10);
    unsigned long long p = strtoull(arguments[3], NULL, 10);
    static const char password[] = "marrow lantern quilt thirteen";
    static const unsigned char salt[16] = "sixteen bytes of";
    unsigned char hash[32];
    char line[16];

    while (fgets(line, sizeof line, stdin)) {
        long long start = nanoseconds();
        if (EVP_PBE_scrypt(password, sizeof password - 1, salt, sizeof salt, n, r, p, 1ULL << 31,
                           hash, sizeof hash) != 1)
            return 1;
        printf("%lld\n", nanoseconds() - start);
        fflush(stdout);
    }
    return 0;
}
