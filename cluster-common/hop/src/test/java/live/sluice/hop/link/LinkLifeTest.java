package live.sluice.hop.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.sluice.hop.control.ControlMessage;
import live.sluice.media.ErrorCode;
import live.sluice.media.SluiceException;
import org.junit.jupiter.api.Test;

/** How links come, live and go. */
class LinkLifeTest extends LinkFixture {
  private final TestNode a = node("a", "eu");

  @Test
  void twoNodesGreetAndBothHaveTheLink() {
    TestNode b = node("b", "eu");
    Link link = link(b, a);
    assertThat(link.peer()).isEqualTo(a.self);
    assertThat(a.links.find("b").peer()).isEqualTo(b.self);
    assertThat(b.links.to(a.self).toCompletableFuture().resultNow()).as("the one there is").isSameAs(link);
  }

  @Test
  void aLinkTellsTheAddressOfTheOtherSideAsInAUrl() {
    Link link = link(node("b", "eu"), a);
    world.run(1_100);
    assertThat(link.status().address()).isEqualTo("127.0.0.1:" + a.self.hopPort());
  }

  @Test
  void whereNobodyListensItFailsAndIsTriedAnewNextTime() {
    TestNode b = node("b", "eu");
    var gone = new live.sluice.media.NodeInfo("c", 1, a.self.role(), "eu", "127.0.0.1", 1, 2, 3, 9);
    for (int i = 0; i < 2; i++) {
      var dialled = b.links.to(gone).toCompletableFuture();
      world.run(20);
      assertThat(dialled.exceptionNow()).isInstanceOf(SluiceException.class);
    }
  }

  @Test
  void aCutIsSeenAfterOneSecondInARegion() {
    assertDead(node("b", "eu"), 1_000, true);
  }

  @Test
  void aCutIsSeenAfterThreeSecondsAcrossRegions() {
    assertDead(node("b", "us"), 3_000, true);
  }

  @Test
  void aCutInOneDirectionIsOneForBothSides() {
    assertDead(node("b", "eu"), 1_000, false);
  }

  private void assertDead(TestNode b, long after, boolean bothWays) {
    Link link = link(b, a);
    world.run(1_000);
    MemoryConnection near = (MemoryConnection) link.connection();
    near.cut = true;
    near.other().cut = bothWays;
    world.run(after - 250);
    assertThat(link.isUp()).isTrue();
    world.run(600);
    assertThat(link.isUp()).isFalse();
    assertThat(link.isLost()).isTrue();
    assertThat(a.links.all()).isEmpty();
    assertThat(b.links.all()).isEmpty();
  }

  @Test
  void aLinkBearsLossAndGarbage() {
    network.loss = 0.2;
    Link link = link(node("b", "eu"), a);
    MemoryConnection near = (MemoryConnection) link.connection();
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = 0;
        bytes[1] = (byte) random.nextInt(6);
      }
      near.send(bytes);
      world.run(2);
    }
    assertThat(link.isUp()).isTrue();
    assertThat(a.links.find("b").isUp()).isTrue();
  }

  @Test
  void aNodeThatIsNotWhatItsCertificateSaysIsRefused() {
    TestNode b = new TestNode(world, network, "b", "eu", "c");
    b.links.to(a.self);
    world.run(20);
    assertThat(a.links.all()).isEmpty();
    assertThat(b.links.all()).isEmpty();
  }

  @Test
  void aNodeThatIsCalledAsThisOneIsRefused() {
    TestNode same = node("a", "us");
    var dialled = same.links.dial(java.net.InetSocketAddress.createUnresolved("127.0.0.1", 8001 + 'a'), false);
    world.run(20);
    assertThat(dialled.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void linksWithOneNodeAreBounded() {
    TestNode b = node("b", "eu");
    var address = java.net.InetSocketAddress.createUnresolved(a.self.host(), a.self.hopPort());
    for (int i = 0; i < 20; i++) {
      b.links.dial(address, true);
    }
    world.run(100);
    assertThat(a.links.all()).hasSize(8);
    assertThat(b.links.all()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void ofTwoLinksBothNodesTakeTheOneThatTheSmallerIdDialled() {
    TestNode b = node("b", "eu");
    var one = a.links.to(b.self).toCompletableFuture();
    var other = b.links.to(a.self).toCompletableFuture();
    world.run(50);
    assertThat(one).isCompleted();
    assertThat(other).isCompleted();
    assertThat(a.links.find("b").dialled()).isTrue();
    assertThat(b.links.find("a").dialled()).isFalse();
  }

  @Test
  void aLinkThatNothingCrossesIsGivenUpAndIsNotTakenForLost() {
    Link link = link(node("b", "eu"), a);
    Link there = a.links.find("b");
    world.run(61_000);
    assertThat(link.isUp()).isFalse();
    assertThat(link.isLost()).isFalse();
    assertThat(there.isUp()).isFalse();
    assertThat(there.isLost()).isFalse();
  }

  @Test
  void oneThatStopsIsAskedForNothingNewByAnyLink() {
    TestNode b = node("b", "eu");
    List<ControlMessage> heard = new ArrayList<>();
    b.links.addListener(
        new LinkListener() {
          @Override
          public void message(Link link, ControlMessage message) {
            heard.add(message);
          }
        });
    link(b, a);
    a.links.goAway(5_000);
    world.run(20);
    assertThat(heard).containsExactly(new ControlMessage.Goaway(5_000));
    assertThat(b.links.find("a")).isNull();
    assertThat(link(b, a).isGoing()).as("one that is made later").isTrue();
  }

  @Test
  void aNodeThatHasStoppedTakesNoLinks() {
    TestNode b = node("b", "eu");
    b.links.close();
    var dialled = b.links.to(a.self).toCompletableFuture();
    world.run(20);
    assertThat(SluiceException.codeOf(dialled.exceptionNow())).isEqualTo(ErrorCode.DRAINING);
    assertThat(a.links.all()).isEmpty();
  }
}
