package live.sluice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import live.sluice.media.NodeInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String... arguments) {
    PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(all);
    System.setErr(all);
    return NodeCommand.execute(NodeInfo.Role.ORIGIN, "sluice-origin", arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void giveBack() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void checkSaysOkWhenNothingIsWrong() {
    assertThat(run("--check")).isZero();
    assertThat(printed()).isEqualTo("OK\n");
  }

  @Test
  void checkTellsEverythingThatIsWrong(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "rtmp: {prot: 1}\nlog:\n  level: loud\n");
    assertThat(run("--check", "--config", file.toString(), "--set", "http.port=99999")).isEqualTo(1);
    assertThat(printed().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("a.yaml line 1: rtmp.prot"))
        .anySatisfy(line -> assertThat(line).startsWith("a.yaml line 3: log.level"))
        .anySatisfy(line -> assertThat(line).startsWith("--set http.port: http.port"));
  }

  @Test
  void checkReadsTheCertificate(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("no.pem"), "nothing");
    assertThat(run("--check", "--set", "tls.certificate=" + file, "--set", "tls.key=" + file)).isEqualTo(1);
    assertThat(printed()).contains("tls.certificate");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(printed()).startsWith("Sluice 0.");
  }

  @Test
  void aWrongOptionIsWrongUsage() {
    assertThat(run("--nonsense")).isEqualTo(2);
  }

  @Test
  void everyKeyCanBePrintedButNoSecret() {
    assertThat(run("--print-config", "--set", "api.token=hush", "--set", "rtmp.port=1936")).isZero();
    assertThat(printed()).contains("rtmp.port: 1936\n", "api.token: ***\n", "log.level: info\n");
  }
}
