/* The part of libfcgi that serves a responder, and what waits for a signal and a socket at once. */
#include <fastcgi.h>
#include <fcgiapp.h>
#include <sys/signalfd.h>
