/* The answer that a peer gives: the bytes of the file ANSWER, compiled in. */

__asm__(
    ".section .rodata\n"
    "answer: .incbin \"" ANSWER "\"\n"
    "answer_end:\n"
    ".previous\n");

extern const char answer[], answer_end[];
