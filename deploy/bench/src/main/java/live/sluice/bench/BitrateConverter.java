package live.sluice.bench;

import picocli.CommandLine.ITypeConverter;

/** See {@link Units#bitrate}. */
final class BitrateConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return Units.bitrate(text);
  }
}
