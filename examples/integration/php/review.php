<?php
// Hands in a declaration and prints what is open: php review.php FILE EXTERNAL_ID (PHP 8, with curl)
declare(strict_types=1);

const RETRYABLE = [429, 503];
$url = getenv('XINGSHEN_URL') ?: 'http://127.0.0.1:8787';
[, $file, $externalId] = $argv;

/** Asks again when the service is full; ends with code and sentence of any other problem. */
function call(string $url, array $options = []): array
{
    $headers = $options[CURLOPT_HTTPHEADER] ?? [];
    if ($key = getenv('XINGSHEN_KEY')) {
        $headers[] = "Authorization: Bearer $key";
    }
    for ($attempt = 1; ; $attempt++) {
        $handle = curl_init($url);
        curl_setopt_array($handle, [CURLOPT_HTTPHEADER => $headers, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 180] + $options);
        $body = curl_exec($handle);
        $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        // 0: no answer; with the same Idempotency-Key asking again makes no second review.
        if ($status >= 200 && $status < 300) {
            return json_decode($body, true, flags: JSON_THROW_ON_ERROR);
        }
        if ($attempt === 5 || ($status !== 0 && !in_array($status, RETRYABLE, true))) {
            $problem = json_decode((string) $body, true);
            fwrite(STDERR, ($problem['code'] ?? curl_error($handle)) . ': ' . ($problem['detail'] ?? '') . "\n");
            exit(1);
        }
        sleep(5);
    }
}

$review = call("$url/v1/reviews", [
    CURLOPT_HTTPHEADER => ["Idempotency-Key: declaration-$externalId"],
    CURLOPT_POSTFIELDS => ['file' => new CURLFile($file), 'externalId' => $externalId],
]);
while (!in_array($review['status'], ['done', 'failed'], true)) {
    $review = call("$url/v1/reviews/{$review['id']}?wait=120");
}
echo "{$review['id']} {$review['status']} ", $review['verdict'] ?? $review['problem']['code'], "\n";
foreach ($review['findings'] ?? [] as $finding) {
    if (in_array($finding['status'], ['fail', 'unknown'], true)) {
        echo "{$finding['status']} {$finding['rule']} {$finding['message']}\n";
    }
}
