package live.sluice.rtmp;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import live.sluice.media.ErrorCode;
import live.sluice.media.Frame;

/** Plays from one URL and publishes to another, to try the client on other servers by hand. */
final class RtmpRelayMain {
  private RtmpRelayMain() {}

  public static void main(String[] args) {
    MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    EventLoop loop = loops.next();
    RtmpClient client = new RtmpClient(RtmpClientSettings.defaults(), NioSocketChannel::new, null);
    client
        .publish(RtmpUrl.parse(args[1]), loop, null, (code, why) -> print("publish", code, why))
        .whenComplete(
            (target, failure) -> {
              if (failure != null) {
                throw new IllegalStateException(failure);
              }
              client.play(RtmpUrl.parse(args[0]), loop, null, new Forward(target));
            })
        .toCompletableFuture()
        .join();
  }

  private static void print(String what, ErrorCode code, String why) {
    System.err.println(what + " ended: " + code.label() + ", " + why);
  }

  private record Forward(PublishTarget target) implements RtmpPlay.Listener {
    @Override
    public void started() {
      System.err.println("play began");
    }

    @Override
    public void frame(Frame frame) {
      target.frame(frame);
    }

    @Override
    public void ended(ErrorCode code, String why) {
      print("play", code, why);
      target.close();
    }
  }
}
