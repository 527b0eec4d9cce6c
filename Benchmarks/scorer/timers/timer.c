/*
 * Takes one password a line, and writes how many nanoseconds its estimate took, the score, and the
 * decimal logarithm of the guesses. PEER is defined for the port by Tony Evans, whose header has the
 * same name.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <zxcvbn.h>

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int estimate(const char *password, double *log10_guesses)
{
#ifdef PEER
    ZxcMatch_t *matches;
    double bits = ZxcvbnMatch(password, NULL, &matches);
    ZxcvbnFreeInfo(matches);
    *log10_guesses = bits * log10(2);
    double guesses = pow(2, bits);
    return (guesses >= 1e3 + 5) + (guesses >= 1e6 + 5) + (guesses >= 1e8 + 5) + (guesses >= 1e10 + 5);
#else
    zxcvbn_result result;
    zxcvbn_match matches[1024];
    if (zxcvbn_score(password, strlen(password), NULL, 0, 2026, matches, 1024, &result) != ZXCVBN_OK)
        return -1;
    *log10_guesses = result.guesses_log10;
    return result.score;
#endif
}

int main(void)
{
    static char password[1 << 16];
    while (fgets(password, sizeof password, stdin)) {
        password[strcspn(password, "\n")] = 0;
        double log10_guesses;
        long long start = now();
        int score = estimate(password, &log10_guesses);
        printf("%lld %d %.17g\n", now() - start, score, log10_guesses);
        fflush(stdout);
    }
    return 0;
}
