package live.sluice.launcher;

/** What a node does: accept publishers, or serve players from what it pulls. */
enum Role {
  ORIGIN("origin"),
  EDGE("edge");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** Returns the word that stands in node names, start scripts and JSON. */
  String word() {
    return word;
  }
}
