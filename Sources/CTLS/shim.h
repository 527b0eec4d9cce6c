#include <netdb.h>
#include <nss.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/httperr.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/eventfd.h>

// openssl/ssl.h has them as macros with arguments, which Swift does not see.
static const uint64_t postern_tls_options = SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION;
