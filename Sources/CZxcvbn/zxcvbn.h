/*
 * How many guesses a password takes: exactly what dropbox/zxcvbn 4.4.2 says.
 *
 *     zxcvbn_result result;
 *     if (zxcvbn_score(password, strlen(password), NULL, 0, 2026, NULL, 0, &result) == ZXCVBN_OK
 *         && result.score < 3)
 *         puts("Choose a better password.");
 *
 * Every function may be called from any thread at any time. None keeps a pointer, hands out memory
 * or changes anything but what its caller gave it to fill; so there is nothing to set up or to free.
 * All text is UTF-8.
 *
 * Other languages' interfaces to C read this file, some without a preprocessor: no declaration
 * needs one.
 */
#ifndef ZXCVBN_H
#define ZXCVBN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What became of a call. */
typedef enum zxcvbn_status {
    ZXCVBN_OK = 0,
    ZXCVBN_MISSING = 1,  /* a pointer is null that must not be */
    ZXCVBN_NOT_UTF8 = 2, /* the password or a user input is not UTF-8 */
    ZXCVBN_TOO_LONG = 3  /* password and user inputs have more than 1 MiB together */
} zxcvbn_status;

/* Text without a terminator; `bytes` may be null if `length` is 0. */
typedef struct zxcvbn_text {
    const char *bytes;
    size_t length;
} zxcvbn_text;

/* How an attacker tries guesses. */
typedef enum zxcvbn_attack {
    ZXCVBN_ONLINE_THROTTLED = 0,   /* 100 per hour */
    ZXCVBN_ONLINE_UNTHROTTLED = 1, /* 10 per second */
    ZXCVBN_OFFLINE_SLOW_HASH = 2,  /* 10,000 per second */
    ZXCVBN_OFFLINE_FAST_HASH = 3   /* 10,000,000,000 per second */
} zxcvbn_attack;

/* What is wrong with a password. */
typedef enum zxcvbn_warning {
    ZXCVBN_NO_WARNING = 0,
    ZXCVBN_STRAIGHT_ROW = 1,
    ZXCVBN_KEYBOARD_PATTERN = 2,
    ZXCVBN_REPEATED_CHARACTER = 3,
    ZXCVBN_REPEATED_TEXT = 4,
    ZXCVBN_SEQUENCE = 5,
    ZXCVBN_RECENT_YEAR = 6,
    ZXCVBN_DATE = 7,
    ZXCVBN_TOP_TEN_PASSWORD = 8,
    ZXCVBN_TOP_HUNDRED_PASSWORD = 9,
    ZXCVBN_COMMON_PASSWORD = 10,
    ZXCVBN_SIMILAR_TO_COMMON_PASSWORD = 11,
    ZXCVBN_WORD = 12,
    ZXCVBN_SOLE_NAME = 13,
    ZXCVBN_NAME = 14
} zxcvbn_warning;

/* What would make a better password. */
typedef enum zxcvbn_suggestion {
    ZXCVBN_NO_SUGGESTION = 0,
    ZXCVBN_USE_A_FEW_WORDS = 1,
    ZXCVBN_NO_NEED_FOR_SYMBOLS = 2,
    ZXCVBN_ADD_ANOTHER_WORD = 3,
    ZXCVBN_LONGER_KEYBOARD_PATTERN = 4,
    ZXCVBN_AVOID_REPEATS = 5,
    ZXCVBN_AVOID_SEQUENCES = 6,
    ZXCVBN_AVOID_RECENT_YEARS = 7,
    ZXCVBN_AVOID_ASSOCIATED_YEARS = 8,
    ZXCVBN_AVOID_ASSOCIATED_DATES = 9,
    ZXCVBN_CAPITALIZATION = 10,
    ZXCVBN_ALL_UPPERCASE = 11,
    ZXCVBN_REVERSED_WORD = 12,
    ZXCVBN_PREDICTABLE_SUBSTITUTIONS = 13
} zxcvbn_suggestion;

/* What a part of a password was recognised as. */
typedef enum zxcvbn_pattern {
    ZXCVBN_BRUTEFORCE = 0,
    ZXCVBN_DICTIONARY = 1,
    ZXCVBN_SPATIAL = 2,
    ZXCVBN_REPEAT = 3,
    ZXCVBN_SEQUENTIAL = 4,
    ZXCVBN_REGEX = 5, /* the original's name for a recent year */
    ZXCVBN_DATE_PATTERN = 6
} zxcvbn_pattern;

/* A part of a password. */
typedef struct zxcvbn_match {
    zxcvbn_pattern pattern;
    size_t first; /* the position of its first UTF-16 unit, from 0 */
    size_t last;  /* and of its last */
    double guesses;
} zxcvbn_match;

/* How many guesses a password takes, and why. */
typedef struct zxcvbn_result {
    int score; /* from 0, too guessable, to 4, very unguessable */
    double guesses;
    double guesses_log10;
    double crack_times[4]; /* in seconds, by zxcvbn_attack */
    zxcvbn_warning warning;
    size_t suggestion_count;
    zxcvbn_suggestion suggestions[4];
    size_t match_count; /* of the whole sequence, whatever room there was */
} zxcvbn_result;

/*
 * Estimates how many guesses find a password.
 *
 *   password, length      the password, in bytes; NUL is a character like others
 *   user_inputs, count    words of the person or the site, the most obvious first; or null and 0
 *   year                  the present year, near which an attacker looks for dates
 *   matches, capacity     room for the matches that the password consists of; or null and 0.
 *                         Those for which there is room are written
 *   result                is filled; if the call fails, with zeros
 */
zxcvbn_status zxcvbn_score(const char *password, size_t length,
                           const zxcvbn_text *user_inputs, size_t count, int year,
                           zxcvbn_match *matches, size_t capacity, zxcvbn_result *result);

/*
 * Texts for people.
 *
 *   language         a tag (BCP 47): en, de, fr or es, whatever follows; anything else, and null,
 *                    is English, in the original's words
 *   text, capacity   is filled with as many whole characters as fit, and ended by NUL; or null and 0
 *
 * They return the bytes of the whole text, without NUL: 0 if there is no such warning or suggestion.
 * No text has more than 200 bytes.
 */
size_t zxcvbn_warning_text(zxcvbn_warning warning, const char *language,
                           char *text, size_t capacity);
size_t zxcvbn_suggestion_text(zxcvbn_suggestion suggestion, const char *language,
                              char *text, size_t capacity);
size_t zxcvbn_crack_time_text(double seconds, const char *language, char *text, size_t capacity);

/* The library's version: major × 10,000 + minor × 100 + patch. */
int zxcvbn_version(void);

#ifdef __cplusplus
}
#endif

#endif
