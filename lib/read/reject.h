/*
 * Trouble of grade 1 and 2: ends the run, or becomes a reject when the end of its stretch is known.
 */
#ifndef ERRATA_READ_REJECT_H
#define ERRATA_READ_REJECT_H

#include "read/frame.h"

/* Notes where and why; the first trouble of a stretch stays. */
void errata__frame_note(struct errata__frame *frame, enum errata_status status,
                        struct errata__position_in place, const char *reason);
/* Notes trouble behind which reading cannot go on as before: takes the open document back, then either returns the
   status (frame->error is filled) or sets the mode that looks for where to resume. */
ERRATA_MUST_CHECK enum errata_status errata__frame_raise(struct errata__frame *frame,
                                                         enum errata_status status,
                                                         struct errata__position_in place,
                                                         const char *reason);
/* The same for a failure of the parser, which may also be one that always ends the run. */
ERRATA_MUST_CHECK enum errata_status errata__frame_failed(
    struct errata__frame *frame, const struct errata__json_failure *failure);
/* The stretch ends: appends the reject, tells on_reject, and goes on between documents. */
ERRATA_MUST_CHECK enum errata_status errata__frame_reject(struct errata__frame *frame,
                                                          uint64_t end);
/* Keeps the first bytes of the stretch or document, as far as they are before end and at hand. */
void errata__frame_fill_head(struct errata__frame *frame, uint64_t end);

/* How a source is framed to begin with. */
enum errata__framing_state errata__framing_of(struct errata_text name, enum errata_framing framing);

#endif
