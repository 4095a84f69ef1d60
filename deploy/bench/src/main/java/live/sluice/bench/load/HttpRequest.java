package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import live.sluice.bench.scan.HttpHead;

/** One request, and what becomes of it. Called on the connection's loop. */
interface HttpRequest {
  /** Path and query. */
  String path();

  /** It is being sent now. */
  void sent();

  /** So many bytes came from the socket. */
  void received(int bytes);

  void head(HttpHead head);

  /** A piece of the body; borrowed. */
  void body(ByteBuf in, int from, int to);

  /** The answer is whole. */
  void done();

  /** There is no answer. */
  void failed(String why);
}
