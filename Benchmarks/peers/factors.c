/* factors: what a second factor costs on the libraries alone; writes a line `what nanoseconds` for each. */

#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <qrcodegen/qrcodegen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES = 200, STEPS = 3 };

static const unsigned char key[20] = "12345678901234567890";
static const char uri[] = "otpauth://totp/Seeds:ada.byron@garden.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Seeds";

static double nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

static void hmac(const unsigned char *message, size_t count, unsigned char *code) {
    unsigned char block[SHA_CBLOCK] = {0};
    SHA_CTX context;
    memcpy(block, key, sizeof key);
    for (int i = 0; i < SHA_CBLOCK; i++)
        block[i] ^= 0x36;
    SHA1_Init(&context);
    SHA1_Update(&context, block, sizeof block);
    SHA1_Update(&context, message, count);
    SHA1_Final(code, &context);
    for (int i = 0; i < SHA_CBLOCK; i++)
        block[i] ^= 0x36 ^ 0x5C;
    SHA1_Init(&context);
    SHA1_Update(&context, block, sizeof block);
    SHA1_Update(&context, code, SHA_DIGEST_LENGTH);
    SHA1_Final(code, &context);
}

static void by_hash(void) {
    unsigned char code[SHA_DIGEST_LENGTH];
    for (unsigned char step = 4; step < 4 + STEPS; step++)
        hmac((const unsigned char[8]){[7] = step}, 8, code);
}

static void by_hmac(void) {
    unsigned char code[SHA_DIGEST_LENGTH];
    for (unsigned char step = 4; step < 4 + STEPS; step++)
        if (!HMAC(EVP_sha1(), key, sizeof key, (const unsigned char[8]){[7] = step}, 8, code, NULL))
            exit(1);
}

static void encode(void) {
    static uint8_t workspace[qrcodegen_BUFFER_LEN_MAX], symbol[qrcodegen_BUFFER_LEN_MAX];
    if (!qrcodegen_encodeText(uri, workspace, symbol, qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN,
                              qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO, true))
        exit(1);
}

static int compare(const void *a, const void *b) {
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static void print_time(const char *what, int times, void work(void)) {
    double taken[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
        double begin = nanoseconds();
        for (int i = 0; i < times; i++)
            work();
        taken[sample] = (nanoseconds() - begin) / times;
    }
    qsort(taken, SAMPLES, sizeof *taken, compare);
    printf("%s\t%.0f\n", what, taken[SAMPLES / 2]);
}

int main(void) {
    print_time("hash", 1000, by_hash);
    print_time("hmac", 1000, by_hmac);
    print_time("encode", 1, encode);
    return 0;
}
