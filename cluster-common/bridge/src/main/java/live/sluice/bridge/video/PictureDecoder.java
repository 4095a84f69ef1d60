package live.sluice.bridge.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.netty.buffer.ByteBuf;
import live.sluice.bridge.ffmpeg.NativeFailure;
import live.sluice.media.Codec;
import live.sluice.media.Frame;
import live.sluice.media.Track;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** libavcodec's decoder of H.264 or HEVC: access units in decoding order in, pictures in order of presentation out. */
final class PictureDecoder implements AutoCloseable {
  /** Most pixels of a picture: 4096 by 2304, which is also what the encoder takes. */
  static final long MAX_PIXELS = 4096L * 2304;

  private static final int MAX_UNIT = 16 << 20;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame frame;

  PictureDecoder(Track track) {
    AVCodec codec = avcodec_find_decoder(track.codec() == Codec.HEVC ? AV_CODEC_ID_HEVC : AV_CODEC_ID_H264);
    if (codec == null || codec.isNull()) {
      throw NativeFailure.missing("a decoder of " + track.codec().label());
    }
    context = avcodec_alloc_context3(codec);
    packet = av_packet_alloc();
    frame = av_frame_alloc();
    byte[] config = track.config();
    if (config.length > 0) {
      // With the record it knows that NAL units stand behind lengths.
      BytePointer copy = new BytePointer(av_mallocz(config.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
      copy.put(config, 0, config.length);
      context.extradata(copy);
      context.extradata_size(config.length);
    }
    context.thread_count(1);
    context.max_pixels(MAX_PIXELS);
    context.pkt_timebase().num(1).den(1000);
    int result = avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      close();
      throw NativeFailure.unusable("the decoder of " + track.codec().label(), result);
    }
  }

  /** Puts an access unit in; false where it is broken. Borrows it. */
  boolean send(Frame unit) {
    ByteBuf payload = unit.payload();
    int size = payload.readableBytes();
    // An empty packet would mean the end of all packets.
    if (size == 0 || size > MAX_UNIT || av_new_packet(packet, size) < 0) {
      return false;
    }
    try {
      payload.getBytes(payload.readerIndex(), packet.data().capacity(size).asByteBuffer());
      packet.pts(unit.pts());
      packet.dts(unit.dts());
      return avcodec_send_packet(context, packet) >= 0;
    } finally {
      av_packet_unref(packet);
    }
  }

  /** The next picture, good until the next call; null when there is none. */
  @Nullable AVFrame receive() {
    return avcodec_receive_frame(context, frame) >= 0 ? frame : null;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
