package live.sluice.container.amf;

/** The two values of AMF0 that hold nothing. */
public enum AmfNull {
  /** The null type. */
  NULL,
  /** The undefined type; what AMF0 calls unsupported is read as this too. */
  UNDEFINED
}
