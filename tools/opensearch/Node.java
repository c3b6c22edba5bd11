import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A real OpenSearch node in one process, for tests, on this machine only.
 *
 * <p>usage: Node HOME HTTP_PORT NAME [TRANSPORT_PORT OTHER_TRANSPORT_PORT], the last two for a cluster of two nodes. It runs
 * until it is told to end. With {@code -Dgongkai.mmap=true} its files are mapped into memory, as those of a server are.
 */
public final class Node extends org.opensearch.node.Node {
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, ReindexPlugin.class);

  private Node(Settings settings, String name) {
    super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> name), MODULES, false);
  }

  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Settings.Builder settings =
        Settings.builder()
            .put("path.home", home)
            .put("cluster.name", "gongkai-test")
            .put("node.name", arguments[2])
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[1])
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("node.store.allow_mmap", Boolean.getBoolean("gongkai.mmap"));
    if (arguments.length > 4) {
      settings
          .put("transport.port", arguments[3])
          .putList("discovery.seed_hosts", "127.0.0.1:" + arguments[3], "127.0.0.1:" + arguments[4])
          .putList("cluster.initial_cluster_manager_nodes", "one", "two");
    } else {
      settings.put("transport.port", "0").put("discovery.type", "single-node");
    }
    Node node = new Node(settings.build(), arguments[2]);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.close();
                    node.awaitClose(10, TimeUnit.SECONDS);
                  } catch (Exception error) {
                    error.printStackTrace();
                  }
                }));
    node.start();
    Thread.currentThread().join();
  }
}
