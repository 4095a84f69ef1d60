package live.sluice.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the headings. */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row of as many cells. */
  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** Prints it. */
  public void print(PrintStream out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
