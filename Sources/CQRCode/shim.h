#include <qrcodegen/qrcodegen.h>

// Swift does not see a macro that calls another.
enum { qrcodegen_bufferLenMax = qrcodegen_BUFFER_LEN_MAX };
