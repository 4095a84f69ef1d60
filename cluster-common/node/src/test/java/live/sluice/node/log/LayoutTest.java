package live.sluice.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.List;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LayoutTest {

  @Test
  void textHasTheSessionBesideTheMessage() {
    assertThat(new TextLayout().doLayout(event(Level.INFO, "publishing", null)))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  rtmp     publishing  session=ab12cd34 stream=live/x n=7\n");
  }

  @Test
  void aFactOfWhichThereIsNothingToTellIsLeftOut() {
    LoggingEvent event = event(Level.INFO, "draining", null);
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("node", null), new KeyValuePair("why", ""),
            new KeyValuePair("deadline", Duration.ofSeconds(30))));
    assertThat(new TextLayout().doLayout(event)).endsWith("draining  deadline=30s\n");
    assertThat(new JsonLayout().doLayout(event)).contains("\"deadline\":\"30s\"").doesNotContain("why", "\"node\":");
  }

  @Test
  void aFailureStandsInTheLineWithItsCauses() {
    Throwable failure = new SluiceException(ErrorCode.INTERNAL, "can't pull", new IllegalStateException("refused"));
    assertThat(new TextLayout().doLayout(event(Level.WARN, "oh", failure))).endsWith("n=7: can't pull: refused\n");
    assertThat(new TextLayout().doLayout(event(Level.ERROR, "oh", failure))).contains("\tat ");
  }

  @Test
  void aClientCanNotForgeALine() {
    String message = "play \"a\\b\"\n12:00:00 INFO\u0007 fine";
    assertThat(new TextLayout().doLayout(event(Level.INFO, message, null)).lines()).hasSize(1);
    String json = new JsonLayout().doLayout(event(Level.INFO, message, null));
    assertThat(json.lines()).hasSize(1);
    assertThat(JsonMapper.shared().readTree(json).get("message").stringValue()).isEqualTo(message);
  }

  @Test
  void jsonHasEveryFactAsAMember() {
    JsonNode json =
        JsonMapper.shared()
            .readTree(new JsonLayout().doLayout(event(Level.WARN, "oh", new IllegalStateException("refused"))));
    assertThat(json.get("level").stringValue()).isEqualTo("WARN");
    assertThat(json.get("area").stringValue()).isEqualTo("rtmp");
    assertThat(json.get("session").stringValue()).isEqualTo("ab12cd34");
    assertThat(json.get("n").intValue()).isEqualTo(7);
    assertThat(json.get("error").stringValue()).isEqualTo("refused");
    assertThat(json.get("stack").stringValue()).contains("LayoutTest");
  }

  private static LoggingEvent event(Level level, String message, @Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger("live.sluice.rtmp.Server"), level, message, failure, new Object[0]);
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("session", "ab12cd34"),
            new KeyValuePair("stream", "live/x"),
            new KeyValuePair("n", 7)));
    return event;
  }
}
