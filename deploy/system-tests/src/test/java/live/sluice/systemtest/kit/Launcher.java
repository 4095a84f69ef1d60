package live.sluice.systemtest.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code ./sluice} command on the distribution that was just built, without the script's step that builds. */
public final class Launcher {

  private Launcher() {}

  /** Starts a command, such as {@code up --detach}. */
  public static Proc start(Lab lab, String... arguments) {
    Path launcher = Lab.repository().resolve("deploy/launcher/target");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
        "-Dsluice.checkout=" + Lab.repository(), "-Dsluice.distribution=" + Distribution.folder(), "-Dsluice.terminal=false",
        "-cp", launcher.resolve("classes") + ":" + launcher.resolve("lib") + "/*", "live.sluice.launcher.Main"));
    command.addAll(List.of(arguments));
    Path log = lab.file("sluice-" + String.join("-", List.of(arguments).subList(0, Math.min(2, arguments.length))) + ".log");
    return lab.keep(Proc.start("sluice " + arguments[0], log, command, Map.of("SLUICE_JAVA", command.getFirst())));
  }
}
