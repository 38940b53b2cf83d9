/* Memory for yajl; heap.h says what is special about it. */
#include "json/heap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The least that is given out. */
#define LEAST ((size_t)32)

/* Where the room begins to be used: in builds for sanitizers everything is a block of its own. */
#ifdef ERRATA_ARENA_DEBUG
#define FIRST ((size_t)ERRATA__JSON_HEAP_ROOM)
#else
#define FIRST ((size_t)0)
#endif

/* In front of all that is given out. */
struct head {
    _Alignas(max_align_t) size_t capacity;
};

/* What does not fit into the room. The head comes last, so that it lies where it lies in the room. */
struct errata__json_block {
    struct errata__json_block *next;
    struct errata__json_block *previous;
    struct head head;
};

void errata__json_heap_init(struct errata__json_heap *heap,
                            const struct errata_allocator *allocator) {
    heap->allocator = allocator;
    heap->blocks = NULL;
    heap->used = FIRST;
}

void errata__json_heap_clear(struct errata__json_heap *heap) {
    struct errata__json_block *next;

    for (struct errata__json_block *block = heap->blocks; block; block = next) {
        next = block->next;
        heap->allocator->free(heap->allocator->ctx, block);
    }
    heap->blocks = NULL;
    heap->used = FIRST;
}

static bool in_room(const struct errata__json_heap *heap, const void *data) {
    return (uintptr_t)data - (uintptr_t)heap->room < sizeof heap->room;
}

static struct head *head_of(void *data) {
    return (struct head *)data - 1;
}

static struct errata__json_block *block_of(void *data) {
    return (struct errata__json_block *)data - 1;
}

/* Powers of two: yajl asks for 128 bytes more each time its stack of states is full, which would be
   quadratic. */
static size_t capacity_for(struct errata__json_heap *heap, size_t size) {
    if (size > SIZE_MAX / 4) {
        longjmp(heap->exit, 1);
    }
    if (size <= LEAST) {
        return LEAST;
    }
    return (size_t)1 << (64 - __builtin_clzll((unsigned long long)size - 1));
}

static void link_block(struct errata__json_heap *heap, struct errata__json_block *block) {
    block->previous = NULL;
    block->next = heap->blocks;
    if (block->next) {
        block->next->previous = block;
    }
    heap->blocks = block;
}

static void unlink_block(struct errata__json_heap *heap, struct errata__json_block *block) {
    if (block->previous) {
        block->previous->next = block->next;
    } else {
        heap->blocks = block->next;
    }
    if (block->next) {
        block->next->previous = block->previous;
    }
}

void *errata__json_heap_malloc(void *ctx, size_t size) {
    struct errata__json_heap *heap = ctx;
    const struct errata_allocator *allocator = heap->allocator;
    size_t capacity = capacity_for(heap, size);
    struct errata__json_block *block;

    if (capacity + sizeof(struct head) <= sizeof heap->room - heap->used) {
        struct head *head = (struct head *)(void *)(heap->room + heap->used);

        heap->used += capacity + sizeof(struct head);
        head->capacity = capacity;
        return head + 1;
    }
    block = allocator->alloc(allocator->ctx, capacity + sizeof *block);
    if (!block) {
        longjmp(heap->exit, 1);
    }
    block->head.capacity = capacity;
    link_block(heap, block);
    return block + 1;
}

void *errata__json_heap_realloc(void *ctx, void *old, size_t size) {
    struct errata__json_heap *heap = ctx;
    const struct errata_allocator *allocator = heap->allocator;
    struct errata__json_block *block;
    size_t capacity;
    void *data;

    if (!old) {
        return errata__json_heap_malloc(ctx, size);
    }
    if (head_of(old)->capacity >= size) {
        return old;
    }
    if (in_room(heap, old)) {
        data = errata__json_heap_malloc(ctx, size);
        memcpy(data, old, head_of(old)->capacity);
        return data;
    }
    capacity = capacity_for(heap, size);
    unlink_block(heap, block_of(old));
    block = allocator->realloc(allocator->ctx, block_of(old), capacity + sizeof *block);
    if (!block) {
        link_block(heap, block_of(old));
        longjmp(heap->exit, 1);
    }
    block->head.capacity = capacity;
    link_block(heap, block);
    return block + 1;
}

void errata__json_heap_free(void *ctx, void *old) {
    struct errata__json_heap *heap = ctx;

    if (!old || in_room(heap, old)) {
        return;
    }
    unlink_block(heap, block_of(old));
    heap->allocator->free(heap->allocator->ctx, block_of(old));
}
