#include <zlib.h>

// zlib.h has these as macros, which Swift does not see.
static inline int postern_deflate_begin(z_stream *stream, int level) {
    // 15 bits of window, and 16 for the header of a gzip file (RFC 1952), whose time stays 0.
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
