package live.sluice.launcher.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import live.sluice.launcher.LaunchException;
import live.sluice.launcher.NodePlan;
import live.sluice.launcher.PortPlan;
import live.sluice.launcher.Role;

/**
 * A laboratory as it is to be. All names on the machine follow from its own.
 *
 * @param name its name
 * @param network the first two numbers of all its addresses, such as {@code 10.77}
 * @param regions its regions
 */
record LabPlan(String name, String network, List<Region> regions) {
  /** The namespace between the regions. */
  static final String WAN = "wan";

  private static final Pattern LAB_NAME = Pattern.compile("[a-z][a-z0-9]{0,9}");
  private static final Pattern REGION_NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");
  private static final int MOST = 20;
  private static final int FIRST_NODE = 11;

  /** Checks the names, and gives each node its address. */
  static LabPlan of(String name, String network, List<String> regionNames, int origins, int nodes) {
    checkName(name);
    checkRegions(regionNames);
    if (origins < 1 || nodes < origins || nodes > MOST) {
      throw new LaunchException("a region has --nodes from 1 to " + MOST + ", and of these one origin or more (--origins)");
    }
    List<Region> regions = new ArrayList<>();
    for (String region : regionNames) {
      int octet = regions.size() + 1;
      List<LabNode> planned = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        Role role = i < origins ? Role.ORIGIN : Role.EDGE;
        String nodeName = region + "-" + role.word() + "-" + (i < origins ? i : i - origins);
        String address = network + "." + octet + "." + (FIRST_NODE + i);
        planned.add(new LabNode(new NodePlan(nodeName, role, new PortPlan(0).node(0)), address));
      }
      regions.add(new Region(region, octet, List.copyOf(planned)));
    }
    return new LabPlan(name, network, List.copyOf(regions));
  }

  static void checkName(String name) {
    if (!LAB_NAME.matcher(name).matches()) {
      throw new LaunchException("--name takes at most 10 lower-case letters and digits, a letter first, and not " + name);
    }
  }

  private static void checkRegions(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!REGION_NAME.matcher(name).matches() || name.equals(WAN)) {
        throw new LaunchException(
            "a region's name has at most 20 lower-case letters, digits and -, a letter first, and is not wan: " + name);
      }
      if (!seen.add(name)) {
        throw new LaunchException("two regions are named " + name);
      }
    }
    if (names.isEmpty() || names.size() > MOST) {
      throw new LaunchException("--regions takes a number from 1 to " + MOST + ", or as many names with commas between");
    }
  }

  /**
   * Reads what {@code --regions} says.
   *
   * @param text a number, or names
   */
  static List<String> regionNames(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      return List.of(text.split(",", -1));
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= Math.min(Integer.parseInt(text), MOST + 1); i++) {
      names.add("r" + i);
    }
    return names;
  }

  /** Returns what the names of all namespaces of the laboratory begin with. The script's {@code lab exec} knows it too. */
  static String namespacePrefix(String name) {
    return "sluice-" + name + "-";
  }

  String namespace(String region) {
    return namespacePrefix(name) + region;
  }

  /** Returns the device by which this machine is joined to a region. */
  String hostDevice(Region region) {
    return name + "-" + region.octet();
  }

  /** Returns the name that a region's device has in the namespace between. */
  static String wanDevice(Region region) {
    return "r" + region.octet();
  }

  Region region(String wanted) {
    return regions.stream()
        .filter(region -> region.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchException(
                    "there is no region " + wanted + "; there are "
                        + String.join(", ", regions.stream().map(Region::name).toList())));
  }

  List<LabNode> nodes() {
    return regions.stream().flatMap(region -> region.nodes().stream()).toList();
  }

  /** Returns the nodes that a word means: one by its name, or all of a region. */
  List<LabNode> meant(String word) {
    return regions.stream()
        .filter(region -> region.name().equals(word))
        .findFirst()
        .map(Region::nodes)
        .orElseGet(() -> List.of(node(word)));
  }

  LabNode node(String wanted) {
    return nodes().stream()
        .filter(node -> node.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchException(
                    "there is no node " + wanted + "; there are "
                        + String.join(", ", nodes().stream().map(LabNode::name).toList())));
  }

  Region regionOf(LabNode node) {
    return regions.stream().filter(region -> region.nodes().contains(node)).findFirst().orElseThrow();
  }
}
