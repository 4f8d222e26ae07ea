package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Table;
import org.evenhand.data.CsvTable;
import org.evenhand.data.DataException;
import org.evenhand.data.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final byte[] ORIGINAL =
      CompasRecipeTest.original(10).getBytes(StandardCharsets.UTF_8);

  private final Path folder;
  private final HttpServer server;
  private volatile int status = 200;
  private volatile int announcedLength = ORIGINAL.length;
  private final AtomicInteger requests = new AtomicInteger();

  CatalogueTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/compas.csv",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status, announcedLength);
          exchange.getResponseBody().write(ORIGINAL);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:%d/compas.csv".formatted(server.getAddress().getPort()));
  }

  private Catalogue catalogue() {
    return catalogue(Artefacts.sha256(ORIGINAL));
  }

  private Catalogue catalogue(String sha256) {
    return new Catalogue(Optional.empty(), cache(), new PublicSource(uri(), sha256));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private void assertNothingWasKept() throws IOException {
    if (Files.exists(cache())) {
      try (Stream<Path> files = Files.list(cache())) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void a_data_set_is_downloaded_once_and_derived_into_the_cache() throws IOException {
    Path first = catalogue().locate(Dataset.COMPAS);
    Path second = catalogue().locate(Dataset.COMPAS);

    assertThat(first).isEqualTo(second).isEqualTo(cache().resolve("compas.csv"));
    assertThat(requests).hasValue(1);
    Table table = CsvTable.read(first);
    assertThat(table.rows()).isEqualTo(10);
    assertThat(table.names()).hasSize(10).contains("race", "two_year_recid", "split");
    try (Stream<Path> files = Files.list(cache())) {
      assertThat(files).containsExactly(first);
    }
  }

  @Test
  void a_download_of_other_bytes_is_refused_and_not_kept() throws IOException {
    String expected = "0".repeat(64);

    assertThatThrownBy(() -> catalogue(expected).locate(Dataset.COMPAS))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s is not the file it was: its SHA-256 is %s, expected %s; nothing was kept."
                .formatted(uri(), Artefacts.sha256(ORIGINAL), expected));
    assertNothingWasKept();
  }

  @Test
  void a_file_that_the_server_does_not_have_is_named() throws IOException {
    status = 404;

    assertThatThrownBy(() -> catalogue().locate(Dataset.COMPAS))
        .isInstanceOf(DataException.class)
        .hasMessage("The server answered 404 for %s.".formatted(uri()));
    assertNothingWasKept();
  }

  @Test
  void half_a_body_is_refused_and_not_kept() throws IOException {
    announcedLength = 2 * ORIGINAL.length;

    assertThatThrownBy(() -> catalogue().locate(Dataset.COMPAS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(uri() + " could not be downloaded (")
        .hasMessageEndingWith(
            "check the network or set EVENHAND_DATA to a folder that has the data.");
    assertNothingWasKept();
  }

  @Test
  void a_server_that_is_not_there_is_reported() throws IOException {
    server.stop(0);

    assertThatThrownBy(() -> catalogue().locate(Dataset.COMPAS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(uri() + " could not be downloaded (");
    assertNothingWasKept();
  }

  @Test
  void a_cache_that_cannot_be_written_is_named() throws IOException {
    Files.writeString(cache(), "a file where the folder should be");

    assertThatThrownBy(() -> catalogue().locate(Dataset.COMPAS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(cache().resolve("compas.csv") + " cannot be written (");
  }

  @Test
  void the_given_folder_comes_first_and_is_never_written_to() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Catalogue catalogue =
        new Catalogue(
            Optional.of(data), cache(), new PublicSource(uri(), Artefacts.sha256(ORIGINAL)));

    assertThat(catalogue.locate(Dataset.COMPAS)).startsWith(cache());
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files).containsExactly(data);
    }

    Path given = data.resolve(Dataset.COMPAS.file());
    Files.createDirectories(given.getParent());
    Files.writeString(given, "a\n1\n");
    assertThat(catalogue.locate(Dataset.COMPAS)).isEqualTo(given);
    assertThat(requests).hasValue(1);
  }

  @Test
  void the_cache_follows_the_environment() throws IOException {
    PublicSource source = new PublicSource(uri(), Artefacts.sha256(ORIGINAL));
    Path home = folder.resolve("home");
    Path caches = folder.resolve("caches");

    assertThat(Catalogue.of(Map.of(), home, source).locate(Dataset.COMPAS))
        .isEqualTo(home.resolve(".cache/evenhand/compas.csv"));
    assertThat(
            Catalogue.of(
                    Map.of("XDG_CACHE_HOME", caches.toString(), "EVENHAND_DATA", ""), home, source)
                .locate(Dataset.COMPAS))
        .isEqualTo(caches.resolve("evenhand/compas.csv"));
  }

  @Test
  void a_data_set_without_a_public_source_must_be_given() {
    assertThatThrownBy(() -> catalogue().locate(Dataset.LSAC))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Data set 'lsac' has no public source that can be downloaded as it is; set EVENHAND_DATA"
                + " to a folder that has tabular/lsac/lsac.csv.gz.");
  }

  @Test
  void an_unknown_name_is_reported_with_those_that_there_are() {
    assertThat(Dataset.named("compas")).isEqualTo(Dataset.COMPAS);
    assertThatThrownBy(() -> Dataset.named("Compass"))
        .isInstanceOf(DataException.class)
        .hasMessage("There is no data set 'Compass'; the catalogue holds compas, lsac, adult.");
  }

  @Test
  void every_given_data_set_has_its_target_attribute_and_split() {
    for (Dataset dataset : Dataset.values()) {
      Path file = RealData.file(dataset.file().toString());
      Table table = CsvTable.read(file);
      assertThat(table.names()).contains(dataset.target(), dataset.attribute(), Split.COLUMN);
      assertThat(Split.rows(table, Split.COLUMN, Split.CALIBRATION)).isNotEmpty();
    }
  }
}
