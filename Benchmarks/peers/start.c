/* start COUNT PROGRAM: starts a program so many times, one after another, with this environment.
   Writes a line for each: the nanoseconds until its answer was whole and it had ended, the
   microseconds of processor time that it took, and the bytes that it wrote.

   A C program does the timing because a large one would spend longer on fork(2) than is measured. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time) {
    return time.tv_sec * 1000000LL + time.tv_usec;
}

static int start(char *program) {
    char *arguments[] = {program, NULL};
    int answer[2];
    if (pipe2(answer, O_CLOEXEC) != 0)
        return 1;
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, answer[1], STDOUT_FILENO);

    long long begin = nanoseconds();
    pid_t process;
    if (posix_spawn(&process, program, &files, NULL, arguments, environ) != 0)
        return 1;
    close(answer[1]);
    static char bytes[65536];
    long long total = 0;
    for (ssize_t count; (count = read(answer[0], bytes, sizeof bytes)) > 0;)
        total += count;
    int status;
    struct rusage usage;
    wait4(process, &status, 0, &usage);
    long long end = nanoseconds();

    close(answer[0]);
    posix_spawn_file_actions_destroy(&files);
    printf("%lld %lld %lld\n", end - begin,
           microseconds(usage.ru_utime) + microseconds(usage.ru_stime), total);
    return status != 0;
}

int main(int count, char **arguments) {
    if (count != 3)
        return 2;
    for (int left = atoi(arguments[1]); left > 0; left--)
        if (start(arguments[2]) != 0)
            return 1;
    return 0;
}
