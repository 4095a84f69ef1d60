package live.sluice.node.http;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import live.sluice.media.LatencyProfile;
import live.sluice.node.auth.Tokens;

/**
 * Bounds and choices of the HTTP media server.
 *
 * @param maxUrlLength longest request line, in bytes
 * @param maxHeaderSize all headers of a request, in bytes
 * @param requestTimeout how long a client may take to send a request
 * @param idleTimeout how long a connection may be idle between requests
 * @param corsOrigin value of Access-Control-Allow-Origin; empty for none
 * @param latency the latency profile of a virtual host
 * @param vhostOf the virtual host for a name that a client gave: itself where it is one, else the default one
 * @param tokens who may play
 */
public record HttpServerSettings(
    int maxUrlLength,
    int maxHeaderSize,
    Duration requestTimeout,
    Duration idleTimeout,
    String corsOrigin,
    Function<String, LatencyProfile> latency,
    UnaryOperator<String> vhostOf,
    Tokens tokens) {}
