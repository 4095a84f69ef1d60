package live.sluice.node.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the text of a key must look like. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Matches {
  /** A name: letters, digits and a few signs. */
  String NAME = "[A-Za-z0-9._-]{1,64}";

  /** The regular expression that the whole text matches. */
  String value();

  /** The same in words, after "must be". */
  String words();
}
