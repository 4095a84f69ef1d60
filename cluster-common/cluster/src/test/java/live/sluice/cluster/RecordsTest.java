package live.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import live.sluice.cluster.Leases.Health;
import live.sluice.media.NodeInfo;
import live.sluice.media.StreamEntry;
import live.sluice.media.StreamKey;
import org.junit.jupiter.api.Test;

/** The rules by which records replace each other, and their wire form. */
class RecordsTest {
  private static final StreamKey KEY = StreamKey.of("live", "x");
  private static final NodeInfo A = Region.node("a", NodeInfo.Role.ORIGIN);
  private static final NodeInfo B = Region.node("b", NodeInfo.Role.EDGE);

  private static StreamRecord record(NodeInfo owner, long epoch) {
    return new StreamRecord(KEY, owner, 1, epoch, 0, List.of("H264", "AAC"), 0, epoch, 0, 0);
  }

  private static ClaimRequest claim(NodeInfo node, long publish, long now) {
    return ClaimRequest.of(KEY, node, publish, now, false, null, null);
  }

  @Test
  void allRecordsComeThroughTheWireAsTheyWere() {
    SerializationConfig config = new SerializationConfig();
    Serializers.addTo(config);
    InternalSerializationService wire = new DefaultSerializationServiceBuilder().setConfig(config).build();
    Incarnation dead = Incarnation.of(B);
    List<Object> all =
        List.of(
            record(A, 5).end(77, 3),
            new NodeRecord(B, "uuid", 3, 4, 5, 6),
            new NodeRecord(new NodeInfo("c", 1, NodeInfo.Role.ORIGIN, "r", "h", 1, 2, 3, 4), "uuid", 3, 4, 5, 6),
            new ClaimRequest(KEY, A, 1, 2, true, dead, 3, -1),
            claim(A, 1, 2),
            new AssertRequest(record(B, 9), dead),
            new AssertRequest(record(B, 9), null),
            new EndRequest(dead, 1, 2, 3),
            new UnleaseRequest(dead),
            new AnnouncementRecord(A, 3, Abroad.direct(KEY, "north", 5)),
            new AnnouncementRecord(B, 4, Abroad.by("west", Abroad.direct(KEY, "north", 5), 2)));
    for (Object each : all) {
      assertThat(wire.<Object>toObject(wire.toData(each))).isEqualTo(each);
    }
    wire.dispose();
  }

  @Test
  void fieldsThatAreMissingOrUnknownDoNoHarm() {
    Fields fields = record(A, 5).fields().put("invented later", "something");
    assertThat(StreamRecord.from(fields)).isEqualTo(record(A, 5));
    assertThat(NodeRecord.from(new Fields()).info().role()).isEqualTo(NodeInfo.Role.EDGE);
    assertThat(NodeRecord.from(new Fields()).info().hopPort()).as("of a node without hops").isZero();
  }

  @Test
  void theSameClaimAgainHasTheSameAnswer() {
    StreamRecord granted = claim(A, 1, 100).decide(null);
    assertThat(claim(A, 1, 200).decide(granted)).isSameAs(granted);
    assertThat(claim(A, 2, 200).decide(granted).epoch()).isEqualTo(200);
    assertThat(claim(B, 1, 200).decide(granted)).isSameAs(granted);
  }

  @Test
  void whatTheClaimantKnowsCountsWhereTheDirectoryLostIt() {
    StreamRecord granted = ClaimRequest.of(KEY, A, 1, 100, false, null, record(B, 500)).decide(null);
    assertThat(granted.epoch()).isEqualTo(501);
    assertThat(granted.discontinuity()).isEqualTo(1);
  }

  @Test
  void ofEqualEpochsTheGreaterNodeIdWinsAndTheHighMarksOfBothAreKept() {
    StreamRecord a = record(A, 5);
    StreamRecord b = new StreamRecord(KEY, B, 1, 5, 3, List.of(), 0, 5, 3, 0);
    assertThat(StreamMerge.greater(a, b).owner()).isEqualTo(B);
    assertThat(StreamMerge.greater(b, a).owner()).isEqualTo(B);
    StreamRecord later = record(A, 6);
    assertThat(StreamMerge.greater(b, later).owner()).isEqualTo(A);
    assertThat(StreamMerge.greater(b, later).highDiscontinuity()).isEqualTo(3);
  }

  @Test
  void anOwnerLosesOnlyToOneThatIsKnownToLive() {
    StreamRecord mine = record(A, 5);
    StreamRecord theirs = record(B, 6);
    assertThat(Settlement.of(mine, theirs, Health.LIVE)).isEqualTo(new Settlement.Lose(theirs));
    assertThat(Settlement.of(mine, theirs, Health.UNPROVEN)).isEqualTo(new Settlement.Nothing());
    assertThat(Settlement.of(mine, theirs, Health.GONE)).isEqualTo(new Settlement.Assert(Incarnation.of(B)));
    assertThat(Settlement.of(mine, record(B, 4), Health.LIVE)).isEqualTo(new Settlement.Assert(null));
    assertThat(Settlement.of(mine, theirs.end(9, 0), Health.LIVE)).isEqualTo(new Settlement.Assert(null));
    assertThat(Settlement.of(mine, null, Health.GONE)).isEqualTo(new Settlement.Assert(null));
    assertThat(Settlement.of(mine, mine, Health.LIVE)).isEqualTo(new Settlement.Nothing());
  }

  @Test
  void anOwnerWritesTheDiscontinuitySequenceThatItReached() {
    StreamRecord said = record(A, 5);
    StreamRecord mine = said.describe(new StreamEntry(KEY, A, 5, 4, said.codecs()));
    assertThat(Settlement.of(mine, said, Health.LIVE)).isEqualTo(new Settlement.Assert(null));
    assertThat(Settlement.of(mine, mine.over(said), Health.LIVE)).isEqualTo(new Settlement.Nothing());
    assertThat(said.end(9, mine.highDiscontinuity()).highDiscontinuity()).isEqualTo(4);
  }

  @Test
  void aLeaseIsNotTakenFromANodeThatCameBack() {
    NodeInfo later = Region.node("a", NodeInfo.Role.ORIGIN);
    assertThat(later.incarnation()).isGreaterThan(A.incarnation());
    Map.Entry<String, NodeRecord> entry =
        new AbstractMap.SimpleEntry<>("a", new NodeRecord(later, "member", 1, 0, 0, 0));
    assertThat(new UnleaseRequest(Incarnation.of(A)).process(entry)).isFalse();
    assertThat(entry.getValue()).isNotNull();
    assertThat(new UnleaseRequest(Incarnation.of(later)).process(entry)).isTrue();
    assertThat(entry.getValue()).isNull();
  }
}
