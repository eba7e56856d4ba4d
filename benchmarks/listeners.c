/* Listens to one live stream by many connections, and tells how late each event came.
 *
 *   listeners HOST PORT PATH CONNECTIONS
 *
 * The key of an event ends in the nanosecond of the monotonic clock at which it was told
 * ("post-123"). Prints "ready" once every connection is open, and on SIGTERM a line of JSON: how many
 * events came, how many connections were refused or ended, and the delays in milliseconds.
 * Each connection names an address of its own, as a proxy would. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HELD 64 /* bytes of a piece that may hold the beginning of a key */
static const char MARK[] = "\"key\": \"post-";

struct listener {
    int socket, is_open, length;
    char held[HELD];
};

static double *delays;
static long heard, room;
static volatile sig_atomic_t is_over;

static void end(int number) {
    (void)number;
    is_over = 1;
}

static long long now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void hear(long long told, long long at) {
    if (heard == room) {
        room = room ? 2 * room : 1 << 16;
        delays = realloc(delays, room * sizeof *delays);
    }
    delays[heard++] = (at - told) / 1e6;
}

/* Reads what came, with what was held of the piece before; returns whether the server goes on. */
static int take(struct listener *one) {
    static char piece[HELD + 65536 + 1];
    ssize_t got;
    while ((got = recv(one->socket, piece + one->length, 65536, MSG_DONTWAIT)) > 0) {
        long long at = now();
        memcpy(piece, one->held, one->length);
        size_t length = one->length + got;
        piece[length] = 0;
        if (!one->is_open && memmem(piece, length, "retry: ", 7)) one->is_open = 1;
        char *from = piece, *found, *end;
        while ((found = memmem(from, piece + length - from, MARK, sizeof MARK - 1))) {
            char *number = found + sizeof MARK - 1;
            if (!(end = memchr(number, '"', piece + length - number))) break;
            hear(atoll(number), at);
            from = end;
        }
        size_t rest = piece + length - from;
        one->length = rest < HELD ? rest : HELD;
        memmove(one->held, piece + length - one->length, one->length);
    }
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_share(double share) {
    return heard ? delays[(long)(share * (heard - 1))] : -1;
}

int main(int count, char **said) {
    if (count != 5) return 2;
    signal(SIGTERM, end);
    int number = atoi(said[4]), lost = 0, is_told = 0;
    struct rlimit files = {number + 100, number + 100};
    setrlimit(RLIMIT_NOFILE, &files);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(said[2]))};
    inet_pton(AF_INET, said[1], &server.sin_addr);
    struct listener *all = calloc(number, sizeof *all);
    int poll = epoll_create1(0);
    for (int i = 0; i < number; i++) {
        char asked[400];
        all[i].socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(all[i].socket, (struct sockaddr *)&server, sizeof server)) return 3;
        int length = snprintf(asked, sizeof asked,
                              "GET %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: 10.%d.%d.%d\r\n\r\n",
                              said[3], said[1], i >> 16 & 255, i >> 8 & 255, i & 255);
        if (send(all[i].socket, asked, length, 0) != length) return 3;
        struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &wanted);
        if (i % 50 == 49) usleep(20000); /* a crowd that comes, not a flood */
    }
    struct epoll_event ready[512];
    while (!is_over) {
        int some = epoll_wait(poll, ready, 512, 200);
        for (int i = 0; i < some; i++) {
            struct listener *one = ready[i].data.ptr;
            if (take(one)) continue;
            epoll_ctl(poll, EPOLL_CTL_DEL, one->socket, NULL);
            close(one->socket);
            lost++;
        }
        if (!is_told) {
            int open = 0;
            for (int i = 0; i < number; i++) open += all[i].is_open;
            if (open + lost >= number) {
                is_told = 1;
                puts("ready");
                fflush(stdout);
            }
        }
    }
    qsort(delays, heard, sizeof *delays, compare);
    printf("{\"heard\": %ld, \"lost\": %d, \"opened\": %s, \"p50\": %.1f, \"p99\": %.1f, \"max\": %.1f}\n",
           heard, lost, is_told ? "true" : "false", at_share(0.5), at_share(0.99), at_share(1));
    return 0;
}
