// Landlock (landlock(7)) and filters of system calls (seccomp(2)). The C library has no functions for
// them, and syscall(2) and prctl(2) take any number of arguments, which Swift does not.

#pragma once

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// linux/audit.h: whose system calls have the numbers of sys/syscall.h; and what the C library makes
// poll, readlink and time of, which newer processors do not have.
#if defined __x86_64__
static const uint32_t postern_audit_arch = AUDIT_ARCH_X86_64;
#define POSTERN_SYS_POLL 7
#define POSTERN_SYS_READLINK 89
#define POSTERN_SYS_TIME 201
#elif defined __aarch64__
static const uint32_t postern_audit_arch = AUDIT_ARCH_AARCH64;
#define POSTERN_SYS_POLL 73
#define POSTERN_SYS_READLINK 78
#define POSTERN_SYS_TIME 169
#else
#error "the filter of system calls is not known for this processor"
#endif

// linux/landlock.h, of which older systems have only a part. A newer part that is zero is no part.
struct postern_landlock_ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

static inline long postern_landlock_version(void) {
    return syscall(SYS_landlock_create_ruleset, (void *)0, (size_t)0, 1);
}

static inline long postern_landlock_create(struct postern_landlock_ruleset ruleset) {
    return syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
}

static inline long postern_landlock_add_path(int ruleset, uint64_t rights, int path) {
    struct __attribute__((packed)) {
        uint64_t rights;
        int32_t path;
    } rule = {rights, path};
    return syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
}

static inline long postern_landlock_add_port(int ruleset, uint64_t rights, uint16_t port) {
    struct {
        uint64_t rights;
        uint64_t port;
    } rule = {rights, port};
    return syscall(SYS_landlock_add_rule, ruleset, 2, &rule, 0);
}

static inline long postern_landlock_enter(int ruleset) {
    return syscall(SYS_landlock_restrict_self, ruleset, 0);
}

static inline long postern_seccomp_has(uint32_t action) {
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
}

static inline long postern_seccomp_enter(const struct sock_fprog *filter) {
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter);
}

static inline int postern_no_new_privileges(void) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

// fcntl.h: a path without a right to what stands there.
static const int postern_o_path = 010000000;
