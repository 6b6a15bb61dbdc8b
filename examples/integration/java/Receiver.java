import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives messages: SECRET=whsec_… java Receiver.java PORT (Java 17, no libraries). */
public class Receiver {
    /** In a database of yours: a message may come more than once. */
    static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    public static void main(String[] arguments) throws Exception {
        byte[] secret = Base64.getDecoder().decode(System.getenv("SECRET").substring("whsec_".length()));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            String id = headers.getFirst("webhook-id");
            boolean genuine = id != null
                    && isGenuine(secret, id, headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), body);
            if (!genuine) System.out.println("forged");
            else if (SEEN.add(id)) System.out.println("genuine " + new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
            exchange.close();
        });
        server.start();
        System.out.println("listening");
    }

    /** Of the bytes as they came: parsed and written again they would be others. */
    static boolean isGenuine(byte[] secret, String id, String timestamp, String signatures, byte[] body) {
        try {
            if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) > 300) return false;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures.split(" ")) {
                if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) return true;
            }
            return false;
        } catch (Exception malformed) {
            return false;
        }
    }
}
