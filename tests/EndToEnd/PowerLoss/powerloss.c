/*
 * A disk that loses its power, for LD_PRELOAD. Beside a folder that a process works in, it keeps what a power failure
 * would leave of it, and no more than POSIX promises:
 *
 *   - a file's bytes and its length arrive when that file is fsynced (or fdatasynced), not before;
 *   - a directory's entries (made, renamed, removed) arrive when that directory is fsynced: syncing a file is not
 *     enough (fsync(2)), so SQLite syncs the directory of a new journal (https://sqlite.org/atomiccommit.html);
 *   - what is not synced may arrive all the same, in any order: POWERLOSS_EARLY is the percentage of writes of which a
 *     random run of 512-byte sectors arrives at once (the kernel writes back whenever it likes).
 *
 * POWERLOSS_FOLDER is watched. POWERLOSS_DISK/folder is what is left of it, POWERLOSS_DISK/inodes the durable bytes by
 * inode, hard-linked into the first. POWERLOSS_SEED seeds the chance. POWERLOSS_LIES=1 makes a disk that says it has
 * flushed and has not: a test that finds nothing wrong with that one finds nothing at all.
 *
 * Memory maps are not seen: SQLite maps its -shm only, which is not needed after a crash. Nothing here may open and
 * close a watched file: that would drop the locks that SQLite holds on it (fcntl(2)).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS_MAX 65536
#define FILES_MAX 256
#define SECTOR 512
#define UNWATCHED 0
#define DIRECTORY (-1)

struct range { off_t from, to; };

/* A watched file: what was written and how short it was since it was last synced. */
struct file {
    ino_t inode;
    int durable;
    struct range *ranges;
    size_t count, room;
    off_t shortest;
};

static struct file files[FILES_MAX]; /* the first is no file */
static int files_count = 1;
static int watched[FDS_MAX]; /* an index of files, or one of the two words above */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], disk[PATH_MAX];
static size_t folder_length;
static int early_percent, lies;
static unsigned int chance;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (real == NULL) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* A tool that fails in silence proves nothing. */
static void die(const char *what) {
    fprintf(stderr, "powerloss: %s: %s\n", what, strerror(errno));
    abort();
}

static int is_below(const char *path) {
    return strncmp(path, folder, folder_length) == 0 && (path[folder_length] == '/' || path[folder_length] == 0);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return length > 0;
}

static void join(char *path, const char *first, const char *second) {
    if (snprintf(path, PATH_MAX, "%s/%s", first, second) >= PATH_MAX) die("a path is too long");
}

/* The place in what is left that belongs to a place in the folder. */
static void left_path(char *left, const char *path) {
    int length = snprintf(left, PATH_MAX, "%s/folder%s", disk, path + folder_length);
    if (length < 0 || length >= PATH_MAX) die("a path is too long");
}

static void inode_path(char *path, ino_t inode) {
    if (snprintf(path, PATH_MAX, "%s/inodes/%lu", disk, (unsigned long)inode) >= PATH_MAX) die("a path is too long");
}

static int open_durable(ino_t inode) {
    char path[PATH_MAX];
    inode_path(path, inode);
    REAL(open);
    int fd = real(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) die(path);
    return fd;
}

static void forget(struct file *file) {
    REAL(close);
    if (file->durable >= 0) real(file->durable);
    file->durable = -1;
    file->count = 0;
    file->shortest = LLONG_MAX;
}

static int find(ino_t inode) {
    for (int i = 1; i < files_count; i++) {
        if (files[i].inode == inode) return i;
    }
    if (files_count == FILES_MAX) die("too many files");
    files[files_count] = (struct file) { .inode = inode, .durable = -1, .shortest = LLONG_MAX };
    return files_count++;
}

static void note(struct file *file, off_t from, off_t to) {
    struct range *last = file->count > 0 ? &file->ranges[file->count - 1] : NULL;
    if (last != NULL && last->to == from) {
        last->to = to;
        return;
    }
    if (file->count == file->room) {
        file->room = file->room == 0 ? 64 : file->room * 2;
        file->ranges = realloc(file->ranges, file->room * sizeof *file->ranges);
        if (file->ranges == NULL) die("memory");
    }
    file->ranges[file->count++] = (struct range) { from, to };
}

static void put(int to, const char *bytes, size_t length, off_t at) {
    REAL(pwrite);
    while (length > 0) {
        ssize_t done = real(to, bytes, length, at);
        if (done <= 0) die("the durable file cannot be written");
        bytes += done, length -= done, at += done;
    }
}

static void copy(int from, int to, off_t at, off_t end) {
    static char buffer[1 << 16];
    while (at < end) {
        size_t length = end - at < (off_t)sizeof buffer ? (size_t)(end - at) : sizeof buffer;
        ssize_t got = pread(from, buffer, length, at);
        if (got < 0) die("a watched file cannot be read");
        if (got == 0) return;
        put(to, buffer, got, at);
        at += got;
    }
}

static void watch(int fd, int is_new) {
    struct stat is;
    if (fd >= FDS_MAX || fstat(fd, &is) != 0) die("a file cannot be watched");
    if (S_ISDIR(is.st_mode)) {
        watched[fd] = DIRECTORY;
    } else if (S_ISREG(is.st_mode)) {
        int index = find(is.st_ino);
        if (is_new) { /* the number of a file that is gone may come back */
            char path[PATH_MAX];
            forget(&files[index]);
            inode_path(path, is.st_ino);
            unlink(path);
        }
        watched[fd] = index;
    }
}

static void wrote(int fd, const char *bytes, ssize_t length, off_t at) {
    struct file *file = &files[watched[fd]];
    note(file, at, at + length);
    if (early_percent == 0 || rand_r(&chance) % 100 >= early_percent) return;
    if (file->durable < 0) file->durable = open_durable(file->inode);
    ssize_t sectors = (length + SECTOR - 1) / SECTOR;
    ssize_t from = rand_r(&chance) % sectors * SECTOR;
    ssize_t to = from + (1 + rand_r(&chance) % sectors) * SECTOR;
    put(file->durable, bytes + from, (to < length ? to : length) - from, at + from);
}

static void cut(int fd, off_t length) {
    struct file *file = &files[watched[fd]];
    if (length < file->shortest) file->shortest = length;
}

static void keep_file(int fd) {
    struct file *file = &files[watched[fd]];
    struct stat now, then;
    if (file->durable < 0) file->durable = open_durable(file->inode);
    if (fstat(fd, &now) != 0 || fstat(file->durable, &then) != 0) die("fstat");
    REAL(ftruncate);
    /* First as short as it ever was: what was written behind that is not what stood there before. */
    if (file->shortest < then.st_size && real(file->durable, file->shortest) != 0) die("ftruncate");
    if (real(file->durable, now.st_size) != 0) die("ftruncate");
    for (size_t i = 0; i < file->count; i++) copy(fd, file->durable, file->ranges[i].from, file->ranges[i].to);
    file->count = 0;
    file->shortest = LLONG_MAX;
}

static void keep_entry(const char *left, const char *name, ino_t inode) {
    char path[PATH_MAX], source[PATH_MAX], fresh[PATH_MAX];
    struct stat there, wanted;
    REAL(close);
    real(open_durable(inode)); /* a file that was never synced is there, and empty */
    inode_path(source, inode);
    join(path, left, name);
    if (stat(source, &wanted) != 0) die(source);
    if (stat(path, &there) == 0 && there.st_ino == wanted.st_ino) return;
    join(fresh, disk, "entry");
    if (link(source, fresh) != 0 || rename(fresh, path) != 0) die(path);
}

static void keep_directory(const char *path) {
    char left[PATH_MAX], child[PATH_MAX];
    left_path(left, path);
    DIR *now = opendir(path), *then = opendir(left);
    if (now == NULL || then == NULL) die(path);
    for (struct dirent *entry; (entry = readdir(now)) != NULL;) {
        join(child, left, entry->d_name);
        if (entry->d_type == DT_REG) keep_entry(left, entry->d_name, entry->d_ino);
        if (entry->d_type == DT_DIR && mkdir(child, 0755) != 0 && errno != EEXIST) die(child);
    }
    for (struct dirent *entry; (entry = readdir(then)) != NULL;) {
        join(child, path, entry->d_name);
        if (access(child, F_OK) == 0) continue;
        join(child, left, entry->d_name);
        if (remove(child) != 0) die(child);
    }
    closedir(now);
    closedir(then);
}

static void keep(int fd) {
    char path[PATH_MAX];
    pthread_mutex_lock(&gate);
    if (watched[fd] == DIRECTORY) {
        if (!path_of(fd, path)) die("a directory without a path");
        keep_directory(path);
    } else {
        keep_file(fd);
    }
    pthread_mutex_unlock(&gate);
}

static int is_watched(int fd) {
    return fd >= 0 && fd < FDS_MAX && watched[fd] != UNWATCHED;
}

static int is_file(int fd) {
    return is_watched(fd) && watched[fd] != DIRECTORY;
}

/* What the folder holds when the process starts is durable: the machine has just come up with it. */
static int begin_with(const char *path, const struct stat *is, int kind, struct FTW *at) {
    (void)at;
    if (kind == FTW_F) {
        REAL(open);
        int from = real(path, O_RDONLY | O_CLOEXEC);
        int to = open_durable(is->st_ino);
        if (from < 0) die(path);
        copy(from, to, 0, is->st_size);
        close(from), close(to);
    } else if (kind == FTW_D) {
        char left[PATH_MAX];
        left_path(left, path);
        if (mkdir(left, 0755) != 0 && errno != EEXIST) die(left);
    }
    return 0;
}

static int begin_entries(const char *path, const struct stat *is, int kind, struct FTW *at) {
    (void)is, (void)at;
    if (kind == FTW_D) keep_directory(path);
    return 0;
}

static int wipe(const char *path, const struct stat *is, int kind, struct FTW *at) {
    (void)is, (void)kind;
    if (at->level > 0 && remove(path) != 0) die(path);
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *from = getenv("POWERLOSS_FOLDER"), *to = getenv("POWERLOSS_DISK");
    const char *early = getenv("POWERLOSS_EARLY"), *seed = getenv("POWERLOSS_SEED"), *lie = getenv("POWERLOSS_LIES");
    char path[PATH_MAX];
    if (from == NULL || to == NULL || realpath(from, folder) == NULL || realpath(to, disk) == NULL) {
        die("POWERLOSS_FOLDER and POWERLOSS_DISK must be folders");
    }
    chance = seed == NULL ? 1 : strtoul(seed, NULL, 10);
    early_percent = early == NULL ? 0 : atoi(early);
    if (nftw(disk, wipe, 16, FTW_DEPTH | FTW_PHYS) != 0) die(disk);
    join(path, disk, "inodes");
    if (mkdir(path, 0755) != 0) die(path);
    folder_length = strlen(folder);
    if (nftw(folder, begin_with, 16, FTW_PHYS) != 0 || nftw(folder, begin_entries, 16, FTW_PHYS) != 0) die(folder);
    lies = lie != NULL && lie[0] == '1';
}

static int opened(int fd, int flags, int is_new) {
    char path[PATH_MAX];
    if (fd < 0 || folder_length == 0 || !path_of(fd, path) || !is_below(path)) return fd;
    pthread_mutex_lock(&gate);
    watch(fd, is_new);
    if ((flags & O_TRUNC) != 0 && watched[fd] > 0) cut(fd, 0);
    pthread_mutex_unlock(&gate);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    } \
    int saved = errno

#define IS_NEW(at, path, flags) (((flags) & O_CREAT) != 0 && faccessat((at), (path), F_OK, 0) != 0)

int open(const char *path, int flags, ...) {
    REAL(open);
    MODE(flags);
    int is_new = IS_NEW(AT_FDCWD, path, flags);
    errno = saved;
    return opened(real(path, flags, mode), flags, is_new);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    MODE(flags);
    int is_new = IS_NEW(AT_FDCWD, path, flags);
    errno = saved;
    return opened(real(path, flags, mode), flags, is_new);
}

int openat(int at, const char *path, int flags, ...) {
    REAL(openat);
    MODE(flags);
    int is_new = IS_NEW(at, path, flags);
    errno = saved;
    return opened(real(at, path, flags, mode), flags, is_new);
}

int openat64(int at, const char *path, int flags, ...) {
    REAL(openat64);
    MODE(flags);
    int is_new = IS_NEW(at, path, flags);
    errno = saved;
    return opened(real(at, path, flags, mode), flags, is_new);
}

int close(int fd) {
    REAL(close);
    if (is_watched(fd)) watched[fd] = UNWATCHED; /* before: the number may be another file's right after */
    return real(fd);
}

static int doubled(int from, int to) {
    if (to >= 0 && to < FDS_MAX) watched[to] = is_watched(from) ? watched[from] : UNWATCHED;
    return to;
}

int dup(int fd) {
    REAL(dup);
    return doubled(fd, real(fd));
}

int dup2(int fd, int to) {
    REAL(dup2);
    return doubled(fd, real(fd, to));
}

int dup3(int fd, int to, int flags) {
    REAL(dup3);
    return doubled(fd, real(fd, to, flags));
}

#define FCNTL(name) \
    int name(int fd, int command, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, command); \
        void *argument = va_arg(more, void *); \
        va_end(more); \
        int result = real(fd, command, argument); \
        return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? doubled(fd, result) : result; \
    }
FCNTL(fcntl)
FCNTL(fcntl64)

/* Noted before anybody else may sync: a write that is done but not noted would be lost by us, not by the disk. */
#define WRITE(declaration, call, bytes, at) \
    declaration { \
        if (!is_file(fd)) return call; \
        pthread_mutex_lock(&gate); \
        ssize_t done = call; \
        if (done > 0) wrote(fd, bytes, done, at); \
        pthread_mutex_unlock(&gate); \
        return done; \
    }

static ssize_t real_write(int fd, const void *bytes, size_t length) {
    REAL(write);
    return real(fd, bytes, length);
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t length, off_t at) {
    REAL(pwrite);
    return real(fd, bytes, length, at);
}

WRITE(ssize_t write(int fd, const void *bytes, size_t length),
    real_write(fd, bytes, length), bytes, lseek(fd, 0, SEEK_CUR) - done)
WRITE(ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at),
    real_pwrite(fd, bytes, length, at), bytes, at)
WRITE(ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at),
    real_pwrite(fd, bytes, length, at), bytes, at)

/* One part after the other, which is what the callers could not tell from a short write. */
static ssize_t write_parts(int fd, const struct iovec *parts, int count, off_t at) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = at < 0 ? write(fd, parts[i].iov_base, parts[i].iov_len)
            : pwrite(fd, parts[i].iov_base, parts[i].iov_len, at + all);
        if (done < 0) return all > 0 ? all : done;
        all += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return all;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    return is_file(fd) ? write_parts(fd, parts, count, -1) : real(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    REAL(pwritev);
    return is_file(fd) ? write_parts(fd, parts, count, at) : real(fd, parts, count, at);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    REAL(pwritev64);
    return is_file(fd) ? write_parts(fd, parts, count, at) : real(fd, parts, count, at);
}

#define TRUNCATE(name, offset) \
    int name(int fd, offset length) { \
        REAL(name); \
        int result = real(fd, length); \
        if (result == 0 && is_file(fd)) { \
            pthread_mutex_lock(&gate); \
            cut(fd, length); \
            pthread_mutex_unlock(&gate); \
        } \
        return result; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(name); \
        int result = real(fd); \
        if (result == 0 && is_watched(fd) && !lies) keep(fd); \
        return result; \
    }
SYNC(fsync)
SYNC(fdatasync)
