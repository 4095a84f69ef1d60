package live.sluice.bench.load;

import io.netty.buffer.ByteBuf;
import live.sluice.bench.scan.HttpHead;

/** One request, and what becomes of it. Called on the connection's loop. */
interface HttpRequest {
  /** Its method. */
  default String method() {
    return "GET";
  }

  /** Path and query. */
  String path();

  /** Further header fields, each with its line's end. */
  default String fields() {
    return "Accept: */*\r\n";
  }

  /** What is sent behind the head, in ASCII. */
  default String content() {
    return "";
  }

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
