import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Hands in a declaration and prints its verdict and report: java Review.java FILE EXTERNAL_ID (Java 17, no libraries). */
public class Review {
    static final String URL = System.getenv().getOrDefault("XINGSHEN_URL", "http://127.0.0.1:8787");
    static final String KEY = System.getenv("XINGSHEN_KEY");
    static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public static void main(String[] arguments) throws Exception {
        String externalId = arguments[1];
        String boundary = UUID.randomUUID().toString();
        HttpResponse<String> answer = call(request("/v1/reviews")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                // Sent again with the same key, this gives the same review and makes no second one.
                .header("Idempotency-Key", "declaration-" + externalId)
                .POST(BodyPublishers.ofByteArrays(parts(boundary, Path.of(arguments[0]), externalId))));
        String location = answer.headers().firstValue("Location").orElseThrow();
        // Use your JSON library; a pattern will do for three words.
        while (!word(answer.body(), "status").matches("done|failed")) {
            answer = call(request(location + "?wait=120").GET());
        }
        System.out.println(word(answer.body(), "id") + " " + word(answer.body(), "status") + " " + word(answer.body(), "verdict"));
        System.out.println(call(request(location + "/report").header("Accept", "text/plain").GET()).body());
    }

    static HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(URL + path)).timeout(Duration.ofSeconds(180));
        return KEY == null ? builder : builder.header("Authorization", "Bearer " + KEY);
    }

    /** Asks again when the service is full; ends with code and sentence of any other problem. */
    static HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        for (int attempt = 1;; attempt++) {
            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() < 300) return answer;
            if ((answer.statusCode() != 429 && answer.statusCode() != 503) || attempt == 5) {
                System.err.println(word(answer.body(), "code") + ": " + word(answer.body(), "detail"));
                System.exit(1);
            }
            Thread.sleep(1000 * Long.parseLong(answer.headers().firstValue("Retry-After").orElse("5")));
        }
    }

    static List<byte[]> parts(String boundary, Path file, String externalId) throws Exception {
        String field = "--%s\r\nContent-Disposition: form-data; name=\"externalId\"\r\n\r\n%s\r\n".formatted(boundary, externalId);
        String head = "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n".formatted(boundary, file.getFileName());
        List<byte[]> parts = new ArrayList<>();
        parts.add((field + head).getBytes(StandardCharsets.UTF_8));
        parts.add(Files.readAllBytes(file));
        parts.add("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
        return parts;
    }

    static String word(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}
