package live.sluice.node.api;

/**
 * Who sent a request, and where to.
 *
 * @param remote address and port of the client, with brackets around an IPv6 address
 * @param local address of this node that it came to, without a port
 * @param scheme {@code http} or {@code https}
 */
record Peer(String remote, String local, String scheme) {}
