/*
 * Text within XML 1.0. What may not stand there at all, also not as a reference, becomes U+FFFD.
 */
#ifndef ERRATA_EXPORT_XML_H
#define ERRATA_EXPORT_XML_H

#include "export/sink.h"

/* As content or as the value of an attribute: white space in it outlives what readers do to attributes. */
void errata__xml_text(struct errata__sink *sink, struct errata_text text);

#endif
