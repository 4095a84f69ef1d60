package live.sluice.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number a second: {@code 200} or {@code 200/s}. */
final class RateConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      return Double.valueOf(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no rate: write 200/s");
    }
  }
}
