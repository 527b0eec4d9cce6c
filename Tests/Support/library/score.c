/*
 * Scores lines of standard input in several threads at once, each thread all lines, and writes what
 * the first found. A line is the password and the user inputs, in hexadecimal digits, each followed
 * by a comma; what is written is drawn in test_library.py.
 *
 *     score YEAR THREADS
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zxcvbn.h>

enum { LINES = 8192, INPUTS = 32, MATCHES = 1024 };

struct line {
    zxcvbn_text texts[1 + INPUTS];
    size_t count;
};

static struct line lines[LINES];
static size_t line_count;
static int year;

static const char *const patterns[] = {
    "bruteforce", "dictionary", "spatial", "repeat", "sequence", "regex", "date"};

static void read_line(char *digits, struct line *line)
{
    for (char *text = digits; *text != '\n' && line->count <= INPUTS; line->count++) {
        size_t length = strcspn(text, ",") / 2;
        char *bytes = malloc(length + 1);
        for (size_t index = 0; index < length; index++) {
            unsigned byte;
            sscanf(text + 2 * index, "%2x", &byte);
            bytes[index] = (char)byte;
        }
        line->texts[line->count] = (zxcvbn_text){bytes, length};
        text += 2 * length + 1;
    }
}

static zxcvbn_status score(const struct line *line, zxcvbn_match *matches, zxcvbn_result *result)
{
    return zxcvbn_score(line->texts[0].bytes, line->texts[0].length, line->texts + 1, line->count - 1, year,
                        matches, MATCHES, result);
}

static void write_line(const struct line *line)
{
    zxcvbn_result result;
    static zxcvbn_match matches[MATCHES];
    char text[256];
    if (score(line, matches, &result) != ZXCVBN_OK)
        exit(3);
    zxcvbn_warning_text(result.warning, "en", text, sizeof text);
    printf("%d\t%.17g\t%.17g\t%s\t", result.score, result.guesses, result.guesses_log10, text);
    for (size_t index = 0; index < result.suggestion_count; index++) {
        zxcvbn_suggestion_text(result.suggestions[index], "en", text, sizeof text);
        printf("%s%s", index ? "|" : "", text);
    }
    for (size_t index = 0; index < 4; index++) {
        zxcvbn_crack_time_text(result.crack_times[index], "en", text, sizeof text);
        printf("%c%s", index ? '|' : '\t', text);
    }
    printf("\t");
    for (size_t index = 0; index < result.match_count; index++)
        printf("%s%s,%zu,%zu", index ? " " : "", patterns[matches[index].pattern], matches[index].first,
               matches[index].last);
    printf("\n");
}

/* Every thread finds the same guesses. */
static void *score_all(void *guesses)
{
    for (size_t index = 0; index < line_count; index++) {
        zxcvbn_result result;
        if (score(&lines[index], NULL, &result) == ZXCVBN_OK)
            exit(4); /* there is no room where there should be */
        if (zxcvbn_score(lines[index].texts[0].bytes, lines[index].texts[0].length, lines[index].texts + 1,
                         lines[index].count - 1, year, NULL, 0, &result) != ZXCVBN_OK)
            exit(5);
        ((double *)guesses)[index] = result.guesses;
    }
    return NULL;
}

int main(int count, char **arguments)
{
    static char digits[1 << 20];
    if (count != 3)
        return 2;
    year = atoi(arguments[1]);
    while (line_count < LINES && fgets(digits, sizeof digits, stdin))
        read_line(digits, &lines[line_count++]);

    int thread_count = atoi(arguments[2]);
    pthread_t threads[16];
    static double guesses[16][LINES];
    for (int thread = 0; thread < thread_count; thread++)
        pthread_create(&threads[thread], NULL, score_all, guesses[thread]);
    for (int thread = 0; thread < thread_count; thread++) {
        pthread_join(threads[thread], NULL);
        if (memcmp(guesses[thread], guesses[0], sizeof guesses[0]) != 0)
            return 6;
    }
    for (size_t index = 0; index < line_count; index++)
        write_line(&lines[index]);
    return 0;
}
