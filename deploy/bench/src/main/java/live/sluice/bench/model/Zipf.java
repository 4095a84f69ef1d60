package live.sluice.bench.model;

import java.util.Arrays;
import java.util.Random;

/** Draws ranks of which the i-th has the weight 1/i to some power. */
final class Zipf {
  private final double[] upTo;

  Zipf(int ranks, double power) {
    upTo = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += Math.pow(i + 1, -power);
      upTo[i] = sum;
    }
  }

  /** A rank from 0. */
  int draw(Random random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
  }

  /** The rank's share of all. */
  double share(int rank) {
    return (upTo[rank] - (rank == 0 ? 0 : upTo[rank - 1])) / upTo[upTo.length - 1];
  }
}
