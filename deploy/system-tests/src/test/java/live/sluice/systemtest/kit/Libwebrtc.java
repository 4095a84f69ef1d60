package live.sluice.systemtest.kit;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A native player on libwebrtc, by webrtc-java, in a process of its own: what a native library does wrong ends that one
 * alone. It plays for some seconds by WHEP and then says what it saw.
 */
public final class Libwebrtc {

  private static final int LIMIT_SECONDS = 15;

  private Libwebrtc() {}

  /** Starts a player of {@code whep}, for {@code time} from when it is connected. */
  public static Proc play(Lab lab, URI whep, Duration time) {
    List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
        "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        Libwebrtc.class.getName(), whep.toString(), Long.toString(time.toMillis()));
    return lab.keep(Proc.start("libwebrtc", lab.file("libwebrtc.log"), command, Map.of()));
  }

  /** A figure that the player said at its end. */
  public static long figure(Proc player, String name) {
    return player.output().lines().filter(line -> line.startsWith(name + ' '))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip())).findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + player.output()));
  }

  /** The player: a WHEP URL and for how many ms. */
  public static void main(String[] arguments) throws Exception {
    PeerConnectionFactory factory = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    CompletableFuture<Void> connected = new CompletableFuture<>();
    RTCPeerConnection peer = factory.createPeerConnection(new RTCConfiguration(), new PeerConnectionObserver() {
      @Override
      public void onIceCandidate(RTCIceCandidate candidate) {
        // The node is ICE-lite and learns it from the checks.
      }

      @Override
      public void onConnectionChange(RTCPeerConnectionState state) {
        System.out.println("state: " + state);
        if (state == RTCPeerConnectionState.CONNECTED) {
          connected.complete(null);
        }
      }
    });
    RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
    init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    peer.addTransceiver(factory.createVideoTrack("video", new CustomVideoSource()), init);
    peer.addTransceiver(factory.createAudioTrack("audio", factory.createAudioSource(new AudioOptions())), init);
    RTCSessionDescription offer = offer(peer);
    set(done -> peer.setLocalDescription(offer, done));
    try (Whip whip = new Whip()) {
      Whip.Answer answer = whip.post(URI.create(arguments[0]), offer.sdp);
      if (answer.status() != 201) {
        throw new IllegalStateException(answer.toString());
      }
      set(done -> peer.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer.body()), done));
      connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      LockSupport.parkNanos(Long.parseLong(arguments[1]) * 1_000_000);
      report(peer);
      whip.delete(answer.location());
    }
    // Without disposing of anything: the process ends here, and with it whatever native code may be stuck in.
    Runtime.getRuntime().halt(0);
  }

  private static RTCSessionDescription offer(RTCPeerConnection peer) throws Exception {
    CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
    peer.createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
      @Override
      public void onSuccess(RTCSessionDescription description) {
        made.complete(description);
      }

      @Override
      public void onFailure(String error) {
        made.completeExceptionally(new IllegalStateException(error));
      }
    });
    return made.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Something that says when a description is set. */
  private interface Setting {
    void start(SetSessionDescriptionObserver done);
  }

  private static void set(Setting setting) throws Exception {
    CompletableFuture<Void> set = new CompletableFuture<>();
    setting.start(new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        set.complete(null);
      }

      @Override
      public void onFailure(String error) {
        set.completeExceptionally(new IllegalStateException(error));
      }
    });
    set.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void report(RTCPeerConnection peer) throws Exception {
    CompletableFuture<RTCStatsReport> collected = new CompletableFuture<>();
    peer.getStats(collected::complete);
    for (RTCStats stats : collected.get(LIMIT_SECONDS, TimeUnit.SECONDS).getStats().values()) {
      if (stats.getType() == RTCStatsType.INBOUND_RTP) {
        Map<String, Object> attributes = stats.getAttributes();
        for (String name : List.of("framesDecoded", "freezeCount", "packetsLost", "totalSamplesReceived",
            "concealedSamples")) {
          if (attributes.get(name) instanceof Number number) {
            System.out.println(attributes.get("kind") + "." + name + ' ' + number.longValue());
          }
        }
      }
    }
  }
}
