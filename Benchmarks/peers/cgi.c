/* The least that a CGI program can do: write one answer, and end. */

#include <unistd.h>

#include "answer.h"

int main(void) {
    return write(STDOUT_FILENO, answer, answer_end - answer) != answer_end - answer;
}
