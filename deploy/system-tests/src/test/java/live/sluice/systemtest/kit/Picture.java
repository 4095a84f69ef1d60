package live.sluice.systemtest.kit;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Looks at a screenshot. */
public final class Picture {

  private final BufferedImage image;

  /** Reads a PNG. */
  public Picture(Path png) {
    try {
      image = ImageIO.read(png.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The share of its pixels that are neither black nor of the commonest colour: 0 for an empty picture. */
  public double liveliness() {
    java.util.Map<Integer, Integer> colours = new java.util.HashMap<>();
    int counted = 0;
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        int rgb = image.getRGB(x, y) & 0xf0f0f0;
        colours.merge(rgb, 1, Integer::sum);
        counted++;
      }
    }
    int black = colours.getOrDefault(0, 0);
    colours.remove(0);
    int commonest = colours.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return (counted - black - commonest) / (double) counted;
  }
}
