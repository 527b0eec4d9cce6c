// What Linux offers beyond POSIX. The C library's own headers keep it from a program that does not
// define _GNU_SOURCE, and Swift's importer does not.

#pragma once

#include <malloc.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/vfs.h>

// stdio.h; see rename(2).
int renameat2(int old_directory, const char *old_name, int new_directory, const char *new_name,
              unsigned int flags);

// linux/fs.h: fail with EEXIST where the new name is taken.
static const unsigned int postern_rename_noreplace = 1;

// linux/fs.h: let the two names change places.
static const unsigned int postern_rename_exchange = 2;

// sys/socket.h; see accept(2).
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

// unistd.h; see syncfs(2).
int syncfs(int descriptor);

// fcntl.h; see "Open file description locks" in fcntl(2).
static const int postern_f_ofd_setlk = 37;

// linux/magic.h: file systems of other machines.
static const long postern_nfs_super_magic = 0x6969;
static const long postern_cifs_super_magic = 0xFF534D42;
static const long postern_smb2_super_magic = 0xFE534D42;

// sys/mman.h; a file without a name, see memfd_create(2).
int memfd_create(const char *name, unsigned int flags);
static const unsigned int postern_mfd_cloexec = 1;

// spawn.h; see posix_spawn_file_actions_addclosefrom_np in the C library's manual.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
