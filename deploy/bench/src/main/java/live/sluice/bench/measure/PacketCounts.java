package live.sluice.bench.measure;

import org.jspecify.annotations.Nullable;

/** Packets of all players of one event loop, where the protocol has packets. Touched on the loop alone. */
public final class PacketCounts {
  private @Nullable Delivery delivery;
  private long received;
  private long lost;
  private long recovered;
  private long reordered;
  private long duplicates;
  private long rejected;
  private long brokenPictures;
  private long nacked;
  private long keyframeRequests;
  private int gcm;

  /** Packets of players that nobody waits for. */
  public PacketCounts() {
    this(null);
  }

  /** Packets that are to come in time, where there is a {@code delivery}. */
  public PacketCounts(@Nullable Delivery delivery) {
    this.delivery = delivery;
  }

  /** Which came in time; null where nobody asked. */
  public @Nullable Delivery delivery() {
    return delivery;
  }

  /** Forgets all but how players are protected. */
  void begin() {
    received = 0;
    lost = 0;
    recovered = 0;
    reordered = 0;
    duplicates = 0;
    rejected = 0;
    brokenPictures = 0;
    nacked = 0;
    keyframeRequests = 0;
    if (delivery != null) {
      delivery.begin();
    }
  }

  void settle() {
    if (delivery != null) {
      delivery.settle();
    }
  }

  /** One came that had not come before. */
  public void received() {
    received++;
  }

  /** So many have not come yet, though later ones have. */
  public void lost(long count) {
    lost += count;
  }

  /** One that was counted as lost came: it was only overtaken. */
  public void reordered() {
    lost--;
    reordered++;
  }

  /** One that was counted as lost came after it was asked for. */
  public void recovered() {
    recovered++;
  }

  /** One came once more. */
  public void duplicate() {
    duplicates++;
  }

  /** One could not be taken: not authentic, or nothing that was agreed on. */
  public void rejected() {
    rejected++;
  }

  /** A picture never came whole. */
  public void brokenPicture() {
    brokenPictures++;
  }

  /** So many were asked for again. */
  public void nacked(int count) {
    nacked += count;
  }

  /** A keyframe was asked for. */
  public void keyframeRequested() {
    keyframeRequests++;
  }

  /** AES-GCM protects the packets of one more player. */
  public void gcm() {
    gcm++;
  }

  /** How many were lost so far, be it that they came later. */
  long lostSoFar() {
    return lost;
  }

  void add(PacketCounts other) {
    received += other.received;
    lost += other.lost;
    recovered += other.recovered;
    reordered += other.reordered;
    duplicates += other.duplicates;
    rejected += other.rejected;
    brokenPictures += other.brokenPictures;
    nacked += other.nacked;
    keyframeRequests += other.keyframeRequests;
    gcm += other.gcm;
    Delivery more = other.delivery;
    if (more != null) {
      Delivery sum = delivery == null ? more.empty() : delivery;
      sum.add(more);
      delivery = sum;
    }
  }

  PlaySummary.Packets summary() {
    // What was overtaken across the beginning of the measurement may leave the count below 0.
    long missed = Math.max(0, lost);
    double percent = received + missed == 0 ? 0 : missed * 100.0 / (received + missed);
    return new PlaySummary.Packets(
        received,
        missed,
        percent,
        recovered,
        reordered,
        duplicates,
        rejected,
        brokenPictures,
        nacked,
        keyframeRequests,
        gcm);
  }
}
