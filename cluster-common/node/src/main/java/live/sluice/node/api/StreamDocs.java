package live.sluice.node.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.sluice.media.MediaKind;
import live.sluice.media.Publication;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.Track;
import live.sluice.node.metrics.Totals;
import live.sluice.node.metrics.Traffic;
import live.sluice.node.state.NodeView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Streams as the API shows them: what SRS has by its names, what is ours alone beside it. */
final class StreamDocs {
  private final NodeView node;
  private final Traffic traffic;
  private final Ids ids;

  StreamDocs(NodeView node, Traffic traffic, Ids ids) {
    this.node = node;
    this.traffic = traffic;
    this.ids = ids;
  }

  /** All streams of this node by name. */
  List<Stream> all() {
    List<Stream> streams = new ArrayList<>(node.registry().streams());
    streams.sort(Comparator.comparing(Stream::key));
    return streams;
  }

  @Nullable Stream find(String id) {
    for (Stream stream : node.registry().streams()) {
      if (ids.of(stream.key()).equals(id)) {
        return stream;
      }
    }
    return null;
  }

  /** Number of viewers and publishers by stream: nodes that pull are neither. */
  static Map<StreamKey, Integer> clients(Collection<Session> sessions) {
    Map<StreamKey, Integer> numbers = new HashMap<>();
    for (Session session : sessions) {
      StreamKey key = session.stream();
      if (key != null && ClientDocs.isClient(session.type())) {
        numbers.merge(key, 1, Integer::sum);
      }
    }
    return numbers;
  }

  ObjectNode doc(Stream stream, int clients) {
    StreamKey key = stream.key();
    Totals totals = traffic.of(key);
    Publication source = stream.source();
    ObjectNode doc =
        Envelope.JSON
            .objectNode()
            .put("id", ids.of(key))
            .put("name", key.name())
            .put("vhost", key.vhost())
            .put("app", key.app())
            .put("tcUrl", tcUrl(key, source))
            .put("url", '/' + key.app() + '/' + key.name())
            .put("live_ms", node.ticker().wallMillis())
            .put("clients", clients)
            .put("frames", source == null ? 0 : source.session().frames())
            .put("send_bytes", totals.sentBytes())
            .put("recv_bytes", totals.receivedBytes());
    doc.putObject("kbps").put("recv_30s", totals.receivedKbps()).put("send_30s", totals.sentKbps());
    ObjectNode publish = doc.putObject("publish").put("active", source != null);
    if (source != null) {
      publish.put("cid", source.session().id());
    }
    Track video = stream.track(MediaKind.VIDEO);
    if (video == null) {
      doc.putNull("video");
    } else {
      video(doc.putObject("video"), video);
    }
    Track audio = stream.track(MediaKind.AUDIO);
    if (audio == null) {
      doc.putNull("audio");
    } else {
      audio(doc.putObject("audio"), audio);
    }
    doc.put("node", node.self().id()).put("readers", stream.readerCount());
    if (source != null) {
      source(doc.putObject("source"), source);
    }
    return doc;
  }

  private static String tcUrl(StreamKey key, @Nullable Publication source) {
    String told = source == null ? null : source.session().detail("tcUrl");
    return told == null ? "rtmp://" + key.vhost() + '/' + key.app() : told;
  }

  private static void video(ObjectNode doc, Track track) {
    doc.put("codec", track.codec().label());
    Track.VideoFormat format = track.video();
    if (format != null) {
      doc.put("profile", format.profile())
          .put("level", format.level())
          .put("width", format.width())
          .put("height", format.height());
    }
  }

  private static void audio(ObjectNode doc, Track track) {
    doc.put("codec", track.codec().label());
    Track.AudioFormat format = track.audio();
    if (format != null) {
      doc.put("sample_rate", format.sampleRate())
          .put("channel", format.channels())
          .put("profile", format.profile());
    }
  }

  private static void source(ObjectNode doc, Publication source) {
    StreamEntry entry = source.entry();
    doc.put("type", source.isLocal() ? "local" : "pull")
        .put("owner", entry.owner().id())
        .put("region", entry.owner().region())
        .put("epoch", entry.epoch())
        .put("started_ms", source.startedWallMs())
        .put("session", source.session().id());
  }
}
