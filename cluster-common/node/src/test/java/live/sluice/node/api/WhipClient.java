package live.sluice.node.api;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** Asks a node's API as clients of WHIP and WHEP do. */
record WhipClient(ApiFixture node) {
  static final String OFFER = "v=0 offer";
  static final Map<String, String> SDP = Map.of("Content-Type", "application/sdp");
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  HttpResponse<String> post(String path) throws Exception {
    return node.request("POST", path, SDP, OFFER);
  }

  HttpResponse<String> post(String path, String header, String value) throws Exception {
    Map<String, String> headers = new HashMap<>(SDP);
    headers.put(header, value);
    return node.request("POST", path, headers, OFFER);
  }

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
