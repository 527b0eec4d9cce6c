<?php
// Scores lines of standard input, as score.c does, through PHP's FFI.
//
//     php -d ffi.enable=1 score.php HEADER LIBRARY YEAR

[, $header, $library, $year] = $argv;

// FFI has no preprocessor, and the header needs none.
$declarations = preg_replace(['/^#ifdef __cplusplus.*?^#endif/ms', '/^#.*$/m'], '', file_get_contents($header));
$zxcvbn = FFI::cdef($declarations, $library);

const PATTERNS = ['bruteforce', 'dictionary', 'spatial', 'repeat', 'sequence', 'regex', 'date'];

function text(Closure $write): string
{
    $room = FFI::new('char[256]');
    return FFI::string($room, $write($room));
}

$matches = $zxcvbn->new('zxcvbn_match[1024]');
$result = $zxcvbn->new('zxcvbn_result');
while (($line = fgets(STDIN)) !== false) {
    $texts = array_map('hex2bin', array_slice(explode(',', rtrim($line, "\n")), 0, -1));
    $password = array_shift($texts);
    $inputs = $zxcvbn->new('zxcvbn_text[' . max(1, count($texts)) . ']');
    $kept = [];
    foreach ($texts as $index => $input) {
        $bytes = FFI::new('char[' . max(1, strlen($input)) . ']');
        FFI::memcpy($bytes, $input, strlen($input));
        $inputs[$index]->bytes = FFI::cast('char *', FFI::addr($bytes));
        $inputs[$index]->length = strlen($input);
        $kept[] = $bytes;
    }
    $status = $zxcvbn->zxcvbn_score(
        $password, strlen($password), $inputs, count($texts), (int) $year, $matches, 1024, FFI::addr($result));
    if ($status !== $zxcvbn->ZXCVBN_OK) {
        exit(3);
    }
    $suggestions = $times = $parts = [];
    for ($index = 0; $index < $result->suggestion_count; $index++) {
        $suggestions[] = text(
            fn($room) => $zxcvbn->zxcvbn_suggestion_text($result->suggestions[$index], 'en', $room, 256));
    }
    foreach ($result->crack_times as $seconds) {
        $times[] = text(fn($room) => $zxcvbn->zxcvbn_crack_time_text($seconds, 'en', $room, 256));
    }
    for ($index = 0; $index < $result->match_count; $index++) {
        $match = $matches[$index];
        $parts[] = PATTERNS[$match->pattern] . ",$match->first,$match->last";
    }
    $warning = text(fn($room) => $zxcvbn->zxcvbn_warning_text($result->warning, 'en', $room, 256));
    printf("%d\t%s\t%s\t%s\t%s\t%s\t%s\n", $result->score, json_encode($result->guesses),
        json_encode($result->guesses_log10), $warning, implode('|', $suggestions), implode('|', $times),
        implode(' ', $parts));
}
