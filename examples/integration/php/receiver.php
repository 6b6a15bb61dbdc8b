<?php
// Receives messages: SECRET=whsec_… php -S 127.0.0.1:9000 receiver.php (PHP 8)
declare(strict_types=1);

/** Of the bytes as they came: parsed and written again they would be others. */
function is_genuine(string $secret, string $id, string $timestamp, string $signatures, string $body): bool
{
    if (abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}

if (PHP_SAPI !== 'cli') {
    $body = file_get_contents('php://input');
    $header = fn (string $name): string => $_SERVER['HTTP_WEBHOOK_' . $name] ?? '';
    $genuine = is_genuine((string) getenv('SECRET'), $header('ID'), $header('TIMESTAMP'), $header('SIGNATURE'), $body);
    // A message may come more than once: keep webhook-id in your database and take a known one as done.
    error_log($genuine ? "genuine $body" : 'forged');
    http_response_code($genuine ? 204 : 401);
}
