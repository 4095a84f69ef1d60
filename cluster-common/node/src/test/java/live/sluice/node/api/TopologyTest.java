package live.sluice.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import live.sluice.hop.control.MediaPath;
import live.sluice.hop.control.NodeLoad;
import live.sluice.hop.link.LinkStatus;
import live.sluice.hop.link.StreamStatus;
import live.sluice.hop.media.receive.ReceiverTotals;
import live.sluice.hop.media.send.SenderTotals;
import live.sluice.hop.transport.TransportStatistics;
import live.sluice.media.NodeInfo;
import live.sluice.media.Publication;
import live.sluice.media.Reader;
import live.sluice.media.Session;
import live.sluice.media.Stream;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import live.sluice.media.TrackFilter;
import live.sluice.media.testing.FakeDirectory;
import live.sluice.media.testing.RecordingSink;
import live.sluice.media.testing.TestForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TopologyTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");

  private final ApiFixture node = ApiFixture.onLoopback();

  @AfterEach
  void close() {
    node.close();
  }

  static LinkStatus link(NodeInfo peer, StreamStatus... streams) {
    return new LinkStatus(
        peer, "192.0.2.9:8001", true, true, false, 1_000, 42_000_000,
        new TransportStatistics(42, 10, 1, 3, 0, 262_144, 0),
        new SenderTotals(100, 120_000, 2, 0, 0, 0, 1, 0, 5, 50_000_000, 2_500_000, false, 0.01, 0, 0),
        new ReceiverTotals(90, 100_000, 0, 0, 0, 0, 0), List.of(streams));
  }

  static StreamStatus crossing(boolean inbound, String session, String other) {
    return new StreamStatus(
        KEY, inbound, session, other, MediaPath.PACKETS, 0b101, 90, 100_000, 3, 1, 2, 0, 4, 0.03, 0.01, 2_400_000, 21_500);
  }

  static NodeInfo at(String id, String region, int apiPort) {
    return new NodeInfo(id, 1, NodeInfo.Role.ORIGIN, region, "127.0.0.1", 1, 2, apiPort, 8001);
  }

  /** Has a stream from another node, and returns the pull. */
  private static Session pull(ApiFixture on, NodeInfo from) throws Exception {
    Session session = Session.detached(Session.Type.PULL, "here");
    session.become(Session.Type.PULL, KEY);
    session.detail("from", from.id());
    Session player = on.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
    Reader reader = new Reader(new RecordingSink(on.loops.group().next()), TestForm.INSTANCE, TrackFilter.ALL, 0, player);
    on.registry.play(KEY, reader);
    Stream stream = on.registry.find(KEY);
    stream.loop().submit(() -> stream.connect(new StreamEntry(KEY, from, 7, 0, List.of()), session, false, (c, w) -> {})).sync();
    return session;
  }

  @Test
  void anOwnerTellsWhomItServesAndHowThatArrives() throws Exception {
    Publication source = node.publish(KEY);
    Session served = node.session(Session.Type.NODE_PULL, KEY, (code, why) -> {});
    served.detail("node", "far-0");
    served.detail("via", "asker000");
    node.session(Session.Type.RTC_PLAY, KEY, (code, why) -> {});
    node.links = List.of(link(at("far-0", "far", 1), crossing(false, served.id(), "asker000")));
    JsonNode tree = node.get("/api/v1/topology/streams/live/x");
    assertThat(tree.path("owner").path("node").asString()).isEqualTo(FakeDirectory.SELF.id());
    assertThat(tree.path("hub").asString()).isEqualTo(FakeDirectory.SELF.id());
    assertThat(tree.path("pull").isNull()).isTrue();
    assertThat(tree.path("viewers").asInt()).isEqualTo(1);
    assertThat(tree.path("source_session").asString()).isEqualTo(source.session().id());
    JsonNode serves = tree.path("serves").get(0);
    assertThat(serves.path("node").asString()).isEqualTo("far-0");
    assertThat(serves.path("asked_by").asString()).isEqualTo("asker000");
    assertThat(serves.path("delay_ms").asDouble()).isEqualTo(21.5);
    assertThat(serves.path("loss_before").asDouble()).isEqualTo(0.03);
    assertThat(serves.path("loss_after").asDouble()).isEqualTo(0.01);
    assertThat(serves.path("kbps").asInt()).isEqualTo(2_400);
    assertThat(serves.path("layers").values()).extracting(JsonNode::asInt).containsExactly(0, 2);
    source.close();
  }

  @Test
  void aNodeThatPullsTellsFromWhereAndByWhichSession() throws Exception {
    NodeInfo owner = at("far-0", "far", 1);
    Session pull = pull(node, owner);
    pull.detail("via", "server00");
    node.links = List.of(link(owner, crossing(true, pull.id(), "server00")));
    JsonNode told = node.get("/api/v1/topology/streams/live/x").path("pull");
    assertThat(told.path("from").asString()).isEqualTo("far-0");
    assertThat(told.path("session").asString()).isEqualTo(pull.id());
    assertThat(told.path("via").asString()).isEqualTo("server00");
    assertThat(told.path("transport").asString()).isEqualTo("hop");
    assertThat(told.path("round_trip_ms").asDouble()).isEqualTo(42);
  }

  @Test
  void aStreamThatNobodyPublishesIsNotFound() throws Exception {
    assertThat(node.request("GET", "/api/v1/topology/streams/live/x", Map.of()).statusCode()).isEqualTo(404);
    assertThat(node.request("GET", "/api/v1/topology/streams/live/.x", Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  void anAppOfTheTreeMayHaveSeveralSegments() throws Exception {
    Publication source = node.publish(StreamKey.of("a/b", "x"));
    assertThat(node.get("/api/v1/topology/streams/a/b/x").path("stream").asString()).isEqualTo("a/b/x");
    source.close();
  }

  @Test
  void theWholeIsGatheredFromRegionsThatOnlyAnotherNodeKnowsAndWhoIsMissingIsNamed() throws Exception {
    try (ApiFixture gateway = ApiFixture.onLoopback();
        ApiFixture far = ApiFixture.onLoopback()) {
      node.addNode("gateway", gateway.port);
      gateway.elsewhere =
          Map.of("far", List.of(new NodeLoad(at("far-0", "far", far.port), 1, 2), new NodeLoad(at("far-1", "far", 1), 0, 0)));
      Publication source = far.publish(KEY);
      far.session(Session.Type.FLV_PLAY, KEY, (code, why) -> {});
      JsonNode whole = node.get("/api/v1/topology");
      assertThat(ApiFixture.names(whole.path("missing"), "node")).containsExactly("far-1");
      assertThat(ApiFixture.names(whole.path("streams"), "stream")).containsExactly("live/x");
      assertThat(whole.path("streams").get(0).path("viewers").asInt()).isEqualTo(1);
      assertThat(whole.path("regions").values())
          .anySatisfy(region -> {
            assertThat(region.path("name").asString()).isEqualTo("far");
            assertThat(region.path("nodes").get(0).path("state").asString()).isEqualTo("unreachable");
          });
      source.close();
    }
  }

  @Test
  void aLinkStandsOnceWithBothOfItsEnds() throws Exception {
    node.links = List.of(link(at("far-0", "far", 1), crossing(false, "a", "b")));
    JsonNode hops = node.get("/api/v1/topology").path("hops");
    assertThat(hops).hasSize(1);
    assertThat(hops.get(0).path("from").asString()).isEqualTo("test-0");
    assertThat(hops.get(0).path("to").asString()).isEqualTo("far-0");
    assertThat(hops.get(0).path("ends").get(0).path("streams").asInt()).isEqualTo(1);
  }

  @Test
  void aSessionIsTracedOverTheNextNodeToThePublisher() throws Exception {
    try (ApiFixture far = ApiFixture.onLoopback()) {
      Publication source = far.publish(KEY);
      NodeInfo owner = at("far-0", "far", far.port);
      Session pull = pull(node, owner);
      Session served = far.session(Session.Type.NODE_PULL, KEY, (code, why) -> {});
      served.detail("via", pull.id());
      Session viewer = node.session(Session.Type.RTC_PLAY, KEY, (code, why) -> {});
      JsonNode way = node.get("/api/v1/topology/sessions/" + viewer.id());
      assertThat(ApiFixture.names(way.path("legs"), "session"))
          .containsExactly(viewer.id(), pull.id(), served.id(), source.session().id());
      assertThat(way.path("whole").asBoolean()).isTrue();
      source.close();
    }
  }

  @Test
  void aViewerOfHlsIsTracedToThePublisherThoughNothingIsPulledForIt() throws Exception {
    try (ApiFixture far = ApiFixture.onLoopback()) {
      Publication source = far.publish(KEY);
      node.directory.set(KEY, new StreamEntry(KEY, at("far-0", "far", far.port), 7, 0, List.of()));
      Session viewer = node.session(Session.Type.HLS_PLAY, KEY, (code, why) -> {});
      JsonNode way = node.get("/api/v1/topology/sessions/" + viewer.id());
      assertThat(ApiFixture.names(way.path("legs"), "session")).containsExactly(viewer.id(), source.session().id());
      assertThat(way.path("whole").asBoolean()).isTrue();
      source.close();
      assertThat(node.get("/api/v1/topology/sessions/" + viewer.id() + "?scope=node").path("legs")).hasSize(1);
    }
  }

  @Test
  void theHubIsTheNextInOrderWhileTheFirstDoesNotAnswer() throws Exception {
    node.directory.addNode(at("a", "local", 1));
    node.directory.addNode(at("b", "local", 1));
    node.directory.set(KEY, new StreamEntry(KEY, at("far-0", "far", 1), 7, 0, List.of()));
    String first = node.get("/api/v1/topology/streams/live/x").path("hub").asString();
    node.suspected = Set.of(first);
    assertThat(node.get("/api/v1/topology/streams/live/x").path("hub").asString())
        .isNotEqualTo(first)
        .isIn("a", "b");
  }

  @Test
  void aSessionThatIsNowhereIsNotFound() throws Exception {
    assertThat(node.request("GET", "/api/v1/topology/sessions/nowhere0", Map.of()).statusCode()).isEqualTo(404);
  }
}
