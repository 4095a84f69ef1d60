package live.sluice.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the directions in which modules and packages may know each other. */
@AnalyzeClasses(
    packages = "live.sluice",
    importOptions = {ImportOption.DoNotIncludeTests.class, DependenciesTest.NoTestJars.class})
class DependenciesTest {

  /** Tests of other modules come as jars, which ArchUnit does not know to be tests. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule MEDIA_KNOWS_NO_PROTOCOL =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "live.sluice.container..",
              "live.sluice.rtmp..",
              "live.sluice.rtp..",
              "live.sluice.rtc..",
              "live.sluice.bridge..",
              "live.sluice.cluster..",
              "live.sluice.pull..",
              "live.sluice.node..");

  @ArchTest
  static final ArchRule WEBRTC_KNOWS_MEDIA_AND_RTP_ONLY =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.rtc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "live.sluice.container..",
              "live.sluice.rtmp..",
              "live.sluice.bridge..",
              "live.sluice.cluster..",
              "live.sluice.pull..",
              "live.sluice.node..");

  @ArchTest
  static final ArchRule HOPS_KNOW_MEDIA_AND_RTP_ONLY =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.hop..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "live.sluice.container..",
              "live.sluice.rtmp..",
              "live.sluice.rtc..",
              "live.sluice.bridge..",
              "live.sluice.cluster..",
              "live.sluice.pull..",
              "live.sluice.node..");

  @ArchTest
  static final ArchRule ONLY_THE_TRANSPORT_KNOWS_KWIK =
      noClasses()
          .that()
          .resideOutsideOfPackages("live.sluice.hop.kwik..", "live.sluice.kwik..", "tech.kwik..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tech.kwik..", "live.sluice.kwik..");

  @ArchTest
  static final ArchRule CONTAINERS_KNOW_MEDIA_ONLY =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.container..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("live.sluice.rtmp..", "live.sluice.cluster..", "live.sluice.pull..", "live.sluice.node..");

  @ArchTest
  static final ArchRule RTMP_KNOWS_NO_CLUSTER =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.rtmp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("live.sluice.cluster..", "live.sluice.pull..", "live.sluice.node..");

  @ArchTest
  static final ArchRule THE_CLUSTER_KNOWS_NO_PROTOCOL =
      noClasses()
          .that()
          .resideInAPackage("live.sluice.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "live.sluice.container..", "live.sluice.rtmp..", "live.sluice.pull..", "live.sluice.node..");

  @ArchTest
  static final ArchRule ONLY_THE_CLUSTER_KNOWS_HAZELCAST =
      noClasses()
          .that()
          .resideOutsideOfPackage("live.sluice.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hazelcast..");

  @ArchTest
  static final ArchRule MEDIA_PATHS_KNOW_NO_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage(
              "live.sluice.media..",
              "live.sluice.container..",
              "live.sluice.rtmp..",
              "live.sluice.rtc..",
              "live.sluice.pull..",
              "live.sluice.node.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static void packagesHaveNoCycles(JavaClasses classes) {
    slices().matching("live.sluice.(**)..").should().beFreeOfCycles().check(classes);
  }
}
