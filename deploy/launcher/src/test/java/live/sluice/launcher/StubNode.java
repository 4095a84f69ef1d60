package live.sluice.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Stands in for a node: reads its configuration, and answers on the API port as one that is ready. */
final class StubNode {
  private StubNode() {}

  /** Takes what a start script gets: {@code --config FILE}. */
  public static void main(String[] arguments) throws IOException {
    Map<String, Map<String, Object>> config =
        YAMLMapper.builder().build().readValue(Files.readAllBytes(Path.of(arguments[1])), new TypeReference<>() {});
    if (config.containsKey("fail")) {
      System.err.println("E-STUB told to fail");
      System.exit(78);
    }
    int port = ((Number) config.get("api").get("port")).intValue();
    boolean webrtc = !Boolean.FALSE.equals(config.get("rtc").get("enabled"));
    String ports = webrtc ? "{\"rtc\":8000}" : "{}";
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"code\":0,\"data\":{\"self\":{\"state\":\"running\",\"region\":\"lab\",\"streams\":1,\"players\":7,\"ports\":%s}}}"
                  .formatted(ports)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println("stub is ready");
  }
}
