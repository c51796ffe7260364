package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.medline.FileNames;

class InputListingTest {
  @TempDir private Path folder;

  private static InputListing list(IngestRequest request, Duration settle) {
    return InputListing.of(request, new Configuration(), settle);
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "<PubmedArticleSet/>");
  }

  @Test
  void filesInTransferAreNotPickedUp() throws IOException {
    for (String name :
        new String[] {"a.xml", "b.xml.part", "_c.xml", ".d.xml", "_attic/e.xml", "notes.txt"}) {
      write(name);
    }
    write("f.xml");
    write("f.xml.part");

    InputListing listing = list(IngestRequest.pubmed(folder.toString()), Duration.ZERO);

    assertThat(listing.files()).extracting(InputFile::name).containsExactly("a.xml");
    assertThat(listing.unsettled()).containsExactly("f.xml");
  }

  @Test
  void filesThatChangedLatelyWaitUnlessNamed() throws IOException {
    Path fresh = write("fresh.xml");
    Files.setLastModifiedTime(
        write("old.xml"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Duration settle = Duration.ofMinutes(10);

    InputListing listing = list(IngestRequest.pubmed(folder.toString()), settle);

    assertThat(listing.files()).extracting(InputFile::name).containsExactly("old.xml");
    assertThat(listing.unsettled()).containsExactly("fresh.xml");
    assertThat(list(IngestRequest.pubmed(fresh.toString()), settle).files()).hasSize(1);
  }

  @Test
  void fileThatMatchesTwiceIsTakenOnce() throws IOException {
    Path file = write("pubmed26n0007.xml");
    String glob = folder + "/*.xml";

    InputListing listing =
        list(IngestRequest.pubmed(file.toString(), glob, folder.toString()), Duration.ZERO);

    assertThat(listing.files()).hasSize(1);
    assertThat(listing.files().get(0).release()).isEqualTo(26);
    assertThat(listing.files().get(0).number()).isEqualTo(7);
  }

  @Test
  void pathThatNamesNothingIsSaid() {
    IngestRequest request = IngestRequest.pubmed(folder + "/nowhere");
    assertThatThrownBy(() -> list(request, Duration.ZERO))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nowhere; expected a file, a directory or a glob that matches");
  }

  @Test
  void releaseAndNumberMayBeGiven() throws IOException {
    IngestRequest request =
        IngestRequest.pubmed(write("a.xml").toString()).withPlace(new FileNames.Numbered(25, 7));

    InputFile file = list(request, Duration.ZERO).files().get(0);

    assertThat(file.release()).isEqualTo(25);
    assertThat(file.number()).isEqualTo(7);
  }
}
