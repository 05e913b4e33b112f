import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.List;

/** Serves an empty in-memory database on a free local port, prints the port, and ends when its standard input does. */
public class MongoWire {
  /** The MongoDB driver of mongoose 9 refuses servers below wire version 9, and the newest built-in one says 8. */
  private static final MongoVersion MONGO_5_0 = new MongoVersion() {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  };

  public static void main(String[] args) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    backend.version(MONGO_5_0);
    MongoServer server = new MongoServer(backend);
    server.bind(new InetSocketAddress("127.0.0.1", 0));
    System.out.println("port " + server.getLocalAddress().getPort());
    System.out.flush();
    // The pipe closes when the test process ends, however it ends; so no server is ever left behind.
    while (System.in.read() >= 0) {}
    server.shutdownNow();
    System.exit(0);
  }
}
