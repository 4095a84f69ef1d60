package live.sluice.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import live.sluice.bench.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  private static final Shape SHAPE = new Shape(4, 40, 5_000, 200, 10, 2, 1);

  private final Random random = new Random(1);
  private final World world = new World(SHAPE, random);

  @AfterEach
  void close() {
    world.close();
  }

  private Viewers viewers() {
    for (int stream = 0; stream < SHAPE.streams(); stream++) {
      world.publish(stream);
    }
    return new Viewers(world, random);
  }

  @Test
  void everyRegionFindsEveryStreamWhilePublishersComeAndGo() {
    Viewers viewers = viewers();
    assertThat(world.isConsistent()).isTrue();
    Churn churn = Churn.run(world, viewers, random);
    assertThat(churn.joins()).isPositive();
    assertThat(world.isConsistent()).isTrue();
  }

  @Test
  void whatNodesSendIsWhatViewersAndNodesGet() {
    Egress egress = new Egress(world, viewers());
    assertThat(Arrays.stream(egress.toViewers).sum()).isEqualTo(SHAPE.viewers() * Shape.STREAM_MBPS);
    assertThat(egress.crossing()).isPositive().isLessThanOrEqualTo(egress.withoutHubs);
    for (int region = 0; region < SHAPE.regions(); region++) {
      assertThat(egress.copies[region][region]).as("within a region nothing crosses").isZero();
    }
    assertThat(egress.mostCopies()).isLessThanOrEqualTo(SHAPE.streams());
  }

  @Test
  void whatIsLostIsFoundAgain() {
    Losses losses = new Losses(world, viewers());
    Losses.Link link = losses.link();
    assertThat(link.streams()).isPositive();
    assertThat(link.otherWay()).isEqualTo(link.streams());
    assertThat(world.isConsistent()).as("put right again").isTrue();
    Losses.Region region = losses.region();
    assertThat(region.streams()).isPositive();
    assertThat(region.consistent()).isTrue();
  }

  @Test
  void theFirstRankIsDrawnMostOften() {
    int[] drawn = new int[10];
    Zipf zipf = new Zipf(10, 1);
    for (int i = 0; i < 10_000; i++) {
      drawn[zipf.draw(random)]++;
    }
    assertThat(drawn[0]).isBetween(3_200, 3_650);
    assertThat(drawn[9]).isBetween(250, 450);
    assertThat(zipf.share(0)).isBetween(0.34, 0.342);
  }

  @Test
  void aPageIsWritten(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("scale.md");
    int status =
        Main.run(
            "model", "--regions", "3", "--edges", "9", "--viewers", "1000", "--streams", "30", "--seconds", "2", "--out",
            page.toString());
    assertThat(status).isZero();
    assertThat(Files.readString(page))
        .contains("# Scale", "## Between regions", "## What a node sends", "## Losses", "owner where it is: true");
  }
}
