package live.sluice.launcher;

/** What a node does: accept publishers, or serve players from what it pulls. */
public enum Role {
  /** Accepts publishers. */
  ORIGIN("origin"),
  /** Serves players. */
  EDGE("edge");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** Returns the word that stands in node names, start scripts and JSON. */
  public String word() {
    return word;
  }
}
