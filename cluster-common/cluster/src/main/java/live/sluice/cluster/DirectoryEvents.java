package live.sluice.cluster;

import live.sluice.media.StreamKey;
import org.jspecify.annotations.Nullable;

/** What a link to the directory tells; on any of its threads. */
interface DirectoryEvents {
  /** The directory is within reach: its maps can be used, and changes will be told from now on. */
  void up();

  /** The directory is out of reach. */
  void down();

  /** The link could not be made for the first time. */
  void failed(Throwable cause);

  /** An origin's member joined. */
  void memberAdded(String member);

  /** An origin's member left, by its own wish or not. */
  void memberLeft(String member);

  /** A stream's record changed, or, with null, is no more. */
  void streamChanged(StreamKey key, @Nullable StreamRecord record);

  /** What stands under that name of other regions' streams changed, or, with null, is no more. */
  void announcementChanged(String name, @Nullable AnnouncementRecord record);

  /** An origin's lease changed, or, with null, is no more. */
  void originChanged(String id, @Nullable NodeRecord record);
}
