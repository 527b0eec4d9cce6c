/* The least that a FastCGI responder on libfcgi can do: write the same answer to every request. */

#include <fcgiapp.h>

#include "answer.h"

int main(void) {
    FCGX_Request request;
    if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0)
        return 1;
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_PutStr(answer, answer_end - answer, request.out);
        FCGX_Finish_r(&request);
    }
    return 0;
}
