// The low-level functions are deprecated in favour of EVP, but EVP first initialises providers,
// which costs a CGI process about 2 ms; these initialise nothing.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/md4.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
