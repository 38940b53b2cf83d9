/*
 * An API in a thread of the test, which knows its answers by heart.
 */
#ifndef ERRATA_TESTS_ANSWERING_H
#define ERRATA_TESTS_ANSWERING_H

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* For requests with this in them; the first that fits counts, and the last has "". */
struct answer {
    const char *path;
    /* The status line behind the version. */
    const char *head;
    const char *body;
};

struct answering {
    const struct answer *answers;
    int listener;
    unsigned port;
    pthread_t thread;
};

struct answered {
    const struct answer *answers;
    int connection;
};

/* In one piece: two would wait for one another. */
static inline void answer_one(const struct answered *answered, const char *request) {
    char text[1024];
    const struct answer *answer = answered->answers;
    while (strstr(request, answer->path) == NULL) {
        answer++;
    }
    int length = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s",
                          answer->head, strlen(answer->body), answer->body);
    ssize_t written = write(answered->connection, text, (size_t)length);
    (void)written;
}

static inline void *answer_connection(void *ctx) {
    struct answered *answered = ctx;
    char request[4096];
    size_t have = 0;
    ssize_t got;
    while ((got = read(answered->connection, request + have, sizeof request - 1 - have)) > 0) {
        have += (size_t)got;
        request[have] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL) {
            answer_one(answered, request);
            have = 0;
        }
    }
    close(answered->connection);
    free(answered);
    return NULL;
}

static inline void *answer_all(void *ctx) {
    const struct answering *answering = ctx;
    for (;;) {
        struct answered *answered = malloc(sizeof *answered);
        pthread_t thread;
        if (answered == NULL ||
            (answered->connection = accept(answering->listener, NULL, NULL)) < 0) {
            free(answered);
            return NULL;
        }
        answered->answers = answering->answers;
        if (pthread_create(&thread, NULL, answer_connection, answered) != 0) {
            exit(2);
        }
        pthread_detach(thread);
    }
}

/* Listens on a free port. false: it cannot. answering stays where it is until the end. */
static inline bool answering_begin(struct answering *answering, const struct answer *answers) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    signal(SIGPIPE, SIG_IGN);
    answering->answers = answers;
    answering->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (answering->listener < 0 ||
        bind(answering->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(answering->listener, 64) != 0 ||
        getsockname(answering->listener, (struct sockaddr *)&address, &length) != 0) {
        return false;
    }
    answering->port = ntohs(address.sin_port);
    return pthread_create(&answering->thread, NULL, answer_all, answering) == 0;
}

static inline void answering_end(struct answering *answering) {
    shutdown(answering->listener, SHUT_RDWR);
    pthread_join(answering->thread, NULL);
    close(answering->listener);
}

#endif
