#include <stddef.h>
#include <stdint.h>
#include <uninorm.h>

// UNINORM_NFC is a macro around an incomplete type, which Swift does not import.
static inline uint8_t *u8_normalize_nfc(const uint8_t *text, size_t count, size_t *resultCount) {
    return u8_normalize(UNINORM_NFC, text, count, NULL, resultCount);
}
