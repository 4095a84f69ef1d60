package live.sluice.bench.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpScannerTest {

  /** Notes heads and ends; of bodies, their bytes in one line whatever their pieces. */
  private static HttpScanner scanner(List<String> notes) {
    return new HttpScanner(
        new HttpScanner.Listener() {
          private final StringBuilder body = new StringBuilder();

          @Override
          public void head(HttpHead head) {
            notes.add("head " + head.status() + " " + head.closes());
          }

          @Override
          public void body(ByteBuf in, int from, int to) {
            body.append(in.toString(from, to - from, US_ASCII));
          }

          @Override
          public void end() {
            notes.add("body " + body);
            body.setLength(0);
          }
        });
  }

  @Test
  void answersAreTheSameWhereverTheyAreCut() {
    byte[] input =
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0a\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"
                + "HTTP/1.1 304 Not Modified\r\n\r\n"
                + "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            .getBytes(US_ASCII);
    List<String> expected =
        List.of(
            "head 200 false", "body hello", "head 200 false", "body abc0123456789", "head 304 false", "body ",
            "head 404 true", "body ");
    for (int cut = 0; cut <= input.length; cut++) {
      assertThat(Pieces.cut(input, cut, HttpScannerTest::scanner)).isEqualTo(expected);
    }
    assertThat(Pieces.single(input, HttpScannerTest::scanner)).isEqualTo(expected);
  }

  @Test
  void whatBreaksTheFormatIsFound() {
    for (String broken :
        List.of(
            "SSH-2.0-x\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n")) {
      assertThatThrownBy(() -> Pieces.cut(broken.getBytes(US_ASCII), 0, HttpScannerTest::scanner))
          .as(broken)
          .isInstanceOf(ScanException.class);
    }
  }
}
